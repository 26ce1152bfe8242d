import { parseArgs } from 'node:util'

/** A mistake of the one who called: shown without a stack, and with what to do about it. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Options with a value, such as `--app apps/x`, and the words without one. */
export function parseOptions<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): { readonly words: readonly string[]; readonly options: Partial<Record<Name, string>> } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    })
    return { words: positionals, options: values as Partial<Record<Name, string>> }
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Runs a command to its end; a failure is told on standard error and makes the exit code 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command()
  } catch (error) {
    console.error(messageOf(error))
    process.exitCode = 1
  }
}

export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || error.name
}
