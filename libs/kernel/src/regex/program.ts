import { RegexError } from './parse.ts'
import type { Assertion, Pattern } from './syntax.ts'

export type Instruction =
  | { readonly op: 'one'; readonly accepts: (codePoint: number) => boolean }
  | { readonly op: 'assert'; readonly at: Assertion }
  /** Both ways, the first one rather. */
  | { readonly op: 'split'; first: number; second: number }
  | { readonly op: 'jump'; to: number }
  | { readonly op: 'match' }

/** Each character of a text is compared with each of them at the most: 2,000 times 65,536 are about a second. */
const MAX_INSTRUCTIONS = 2000

/**
 * Thompson's construction. Counted repetitions are written out.
 *
 * @throws RegexError when it is too long
 */
export function programOf(pattern: Pattern): readonly Instruction[] {
  const program: Instruction[] = []
  emit(program, pattern)
  add(program, { op: 'match' })
  return program
}

function add<Kind extends Instruction>(program: Instruction[], instruction: Kind): Kind {
  if (program.length >= MAX_INSTRUCTIONS) {
    throw new RegexError(
      `is too large: with repetitions written out, ${MAX_INSTRUCTIONS} characters`,
    )
  }
  program.push(instruction)
  return instruction
}

function emit(program: Instruction[], pattern: Pattern): void {
  if (pattern.kind === 'one') add(program, { op: 'one', accepts: pattern.accepts })
  else if (pattern.kind === 'assert') add(program, { op: 'assert', at: pattern.at })
  else if (pattern.kind === 'sequence') for (const part of pattern.parts) emit(program, part)
  else if (pattern.kind === 'choice') emitChoice(program, pattern.parts)
  else emitRepeat(program, pattern)
}

function emitChoice(program: Instruction[], parts: readonly Pattern[]): void {
  const jumps = parts.map((part, index) => {
    const isLast = index === parts.length - 1
    const split = isLast ? undefined : add(program, { op: 'split' as const, first: 0, second: 0 })
    if (split) split.first = program.length
    emit(program, part)
    const jump = isLast ? undefined : add(program, { op: 'jump' as const, to: 0 })
    if (split) split.second = program.length
    return jump
  })
  for (const jump of jumps) if (jump) jump.to = program.length
}

type Repeat = Extract<Pattern, { kind: 'repeat' }>

function emitRepeat(program: Instruction[], { part, least, most, isLazy }: Repeat): void {
  for (let count = 0; count < least; count += 1) emit(program, part)
  if (most === Number.POSITIVE_INFINITY) {
    const at = program.length
    const split = add(program, { op: 'split', first: 0, second: 0 })
    const inner = program.length
    emit(program, part)
    add(program, { op: 'jump', to: at })
    aim(split, { inner, after: program.length, isLazy })
    return
  }
  const splits = Array.from({ length: most - least }, () => {
    const split = add(program, { op: 'split' as const, first: 0, second: 0 })
    const inner = program.length
    emit(program, part)
    return { split, inner }
  })
  for (const { split, inner } of splits) aim(split, { inner, after: program.length, isLazy })
}

function aim(
  split: { first: number; second: number },
  {
    inner,
    after,
    isLazy,
  }: { readonly inner: number; readonly after: number; readonly isLazy: boolean },
): void {
  split.first = isLazy ? after : inner
  split.second = isLazy ? inner : after
}
