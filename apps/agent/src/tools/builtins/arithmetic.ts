import { InvalidInputError } from '@dure/kernel'

/** What it can be asked for; nothing else of the language that it is written in can be reached. */
const FUNCTIONS: ReadonlyMap<string, (...of: number[]) => number> = new Map([
  ['abs', Math.abs],
  ['ceil', Math.ceil],
  ['floor', Math.floor],
  ['round', (value: number, digits = 0) => rounded(value, digits)],
  ['sqrt', Math.sqrt],
  ['exp', Math.exp],
  ['ln', Math.log],
  ['log10', Math.log10],
  ['log2', Math.log2],
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['tan', Math.tan],
  ['min', Math.min],
  ['max', Math.max],
  ['sum', (...of: number[]) => of.reduce((sum, one) => sum + one, 0)],
  ['avg', (...of: number[]) => of.reduce((sum, one) => sum + one, 0) / of.length],
])
const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
])

const MAX_DEPTH = 50
const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|([A-Za-z][A-Za-z0-9]*)|(\*\*|[-+*/%^(),]))/y

interface Token {
  readonly text: string
  readonly kind: 'number' | 'name' | 'sign'
  /** From 1. */
  readonly at: number
}

/**
 * Arithmetic as people write it: `(3 + 4) * 2^10`, `round(10 / 3, 2)`. `^` and `**` are powers, from
 * right to left; `%` is what a division leaves.
 *
 * @throws InvalidInputError `calculator.invalid`, with the place of the mistake
 */
export function calculate(expression: string): number {
  const parser = new Parser(tokensOf(expression))
  const value = parser.whole()
  if (!Number.isFinite(value)) throw invalid('the result is not a number, or too large')
  // What binary fractions leave behind: 0.1 + 0.2 is 0.3.
  return Number(value.toPrecision(15))
}

function rounded(value: number, digits: number): number {
  if (!Number.isInteger(digits) || Math.abs(digits) > 15)
    throw invalid('round takes 0 to 15 digits')
  const scale = 10 ** digits
  return Math.round(Number((value * scale).toPrecision(15))) / scale
}

function tokensOf(expression: string): Token[] {
  const tokens: Token[] = []
  const text = expression.trimEnd()
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match)
      throw invalid(
        `${JSON.stringify(text.slice(from).trim()[0])} at ${from + 1} is no part of arithmetic`,
      )
    const [whole, number, name, sign = ''] = match
    const part = number ?? name ?? sign
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign'
    tokens.push({ text: part, kind, at: from + whole.length - part.length + 1 })
  }
  return tokens
}

/** By recursive descent, no deeper than it allows. */
class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): number {
    const value = this.#sum()
    const rest = this.#tokens[this.#next]
    if (rest) throw invalid(`${rest.text} at ${rest.at} is not expected there`)
    return value
  }

  #sum(): number {
    let value = this.#product()
    for (;;) {
      if (this.#takes('+')) value += this.#product()
      else if (this.#takes('-')) value -= this.#product()
      else return value
    }
  }

  #product(): number {
    let value = this.#signed()
    for (;;) {
      if (this.#takes('*')) value *= this.#signed()
      else if (this.#takes('/')) value /= this.#divisor()
      else if (this.#takes('%')) value %= this.#divisor()
      else return value
    }
  }

  #divisor(): number {
    const value = this.#signed()
    if (value === 0) throw invalid('it divides by zero')
    return value
  }

  #signed(): number {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw invalid(`it is nested deeper than ${MAX_DEPTH}`)
    const value = this.#takes('-')
      ? -this.#signed()
      : this.#takes('+')
        ? this.#signed()
        : this.#power()
    this.#depth -= 1
    return value
  }

  #power(): number {
    const base = this.#single()
    return this.#takes('^') || this.#takes('**') ? base ** this.#signed() : base
  }

  #single(): number {
    const token = this.#tokens[this.#next]
    if (!token) throw invalid('it ends too early')
    this.#next += 1
    if (token.kind === 'number') return Number(token.text)
    if (token.kind === 'name') return this.#named(token)
    if (token.text !== '(') throw invalid(`${token.text} at ${token.at} is not expected there`)
    const value = this.#sum()
    this.#must(')')
    return value
  }

  #named({ text, at }: Token): number {
    const constant = CONSTANTS.get(text.toLowerCase())
    if (constant !== undefined) return constant
    const apply = FUNCTIONS.get(text.toLowerCase())
    if (!apply) {
      throw invalid(
        `${text} at ${at} is not known: there are ${[...FUNCTIONS.keys(), ...CONSTANTS.keys()].join(', ')}`,
      )
    }
    this.#must('(')
    const of = [this.#sum()]
    while (this.#takes(',')) of.push(this.#sum())
    this.#must(')')
    return apply(...of)
  }

  #takes(text: string): boolean {
    const token = this.#tokens[this.#next]
    if (token?.kind !== 'sign' || token.text !== text) return false
    this.#next += 1
    return true
  }

  #must(text: string): void {
    if (this.#takes(text)) return
    const token = this.#tokens[this.#next]
    throw invalid(
      `${text} is missing ${token ? `before ${token.text} at ${token.at}` : 'at the end'}`,
    )
  }
}

function invalid(what: string): InvalidInputError {
  return new InvalidInputError('calculator.invalid', `This cannot be calculated: ${what}`)
}
