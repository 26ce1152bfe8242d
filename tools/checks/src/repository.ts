import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..')

/** Made by a tool, or by somebody else. */
const NOT_OURS = new Set(['node_modules', 'dist', 'generated'])

/** The five services: the folders in `apps`. */
export const SERVICES = readdirSync(join(ROOT, 'apps'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort()

/** Files in a folder of the repository and below, as paths from its root with `/`, sorted. */
export function filesIn(folder: string, extension: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map(({ name, parentPath }) => relative(ROOT, join(parentPath, name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => NOT_OURS.has(part)))
    .sort()
}

/** @param path from the root of the repository */
export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Whether a source file serves tests only. */
export function isForTests(path: string): boolean {
  return /\.test\.ts$|\/testing(\/|\.ts$)/.test(path)
}
