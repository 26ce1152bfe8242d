/** A line as Hancom Office had laid it out, in units of 1/7200 inch. */
export interface LaidLine {
  /** From the top of the body of its page. */
  readonly top: number
  readonly height: number
  /** From the left of its column; some programs count from that of the page. */
  readonly left: number
  readonly width: number
}

/** What of a paragraph of the body says where pages end. */
export interface LaidParagraph {
  readonly lines: readonly LaidLine[]
  readonly begins: 'page' | 'column' | undefined
  /** Tables and pictures that keep lines away, as one. */
  readonly object: LaidObject | undefined
}

export interface LaidObject {
  readonly height: number
  /** Whether it may be cut at the end of a page, as tables are and pictures are not. */
  readonly mayBeCut: boolean
}

/** So much further down a line may be than the one before it without anything between them. */
const SPACING = 3000
/** As shares of a page: what margins of objects take, and what more than one of them does. */
const SLACK = 0.02
const WIDE_SLACK = 0.1
const WHOLE_PAGE = 0.9
const HIGH = 0.25
/** Empty lines and small ones may begin a little below the body of a page. */
const LOWEST = 1.03
/** What is left free at the end of each page makes longer tables uncertain. */
const MAX_CUTS = 5
/** As a share of an object: so much of it is in the room where it lies. */
const FIT = 0.8
/** Of lines that lie upon each other, which no program that prints has. */
const STUCK_SHARE = 0.1

/**
 * Counts the pages of a document: a page has ended where the next line lies higher than the last one,
 * and where a table between them is higher than the room that they leave.
 */
export class HancomPages {
  #page = 0
  #bodyHeight = Number.POSITIVE_INFINITY
  #columnCount: number | undefined
  #column = 0
  #last: LaidLine | undefined
  /** What began at a line, while it is not known where it ends. */
  #open: (LaidObject & { readonly top: number }) | undefined
  #lines = 0
  #stuck = 0
  #isUnclear = false

  /** Undefined when the file does not say it: other programs leave lines out, or have them all at one place. */
  get count(): number | undefined {
    const isStuck = this.#stuck > this.#lines * STUCK_SHARE
    return this.#isUnclear || isStuck || this.#lines === 0 ? undefined : this.#page
  }

  /** It begins on a page of its own. */
  section(): void {
    this.#page += this.#endsAfterLast()
    this.#last = undefined
    this.#open = undefined
    this.#columnCount = undefined
    this.#bodyHeight = Number.POSITIVE_INFINITY
  }

  /** How high the body of a page is, in this section. */
  body(height: number): void {
    if (height > 0) this.#bodyHeight = height
  }

  columns(count: number): void {
    // Where the number changes, columns begin in the middle of a page.
    if (this.#columnCount !== undefined && this.#columnCount !== count) this.#isUnclear = true
    this.#columnCount = count
  }

  /** @returns the page on which it begins, from 1 */
  paragraph({ lines: [first, ...rest], begins, object }: LaidParagraph): number {
    if (!first) {
      this.#isUnclear = true
      return Math.max(this.#page, 1)
    }
    const isNew = !this.#last || begins === 'page'
    const before = this.#page
    const isAbove = object !== undefined && this.#isAbove(object, first, isNew)
    if (isAbove && !isNew) this.#add(object, bottomOf(this.#last))
    this.#goOn(first, begins)
    if (object && isAbove && isNew)
      this.#page += this.#endsWithin(object, object.height - first.top)
    const page = isAbove && object.mayBeCut && !isNew ? Math.max(before, 1) : this.#page
    if (object && !isAbove) this.#add(object, first.top)
    for (const line of rest) this.#goOn(line, undefined)
    return page
  }

  /** Whether an object lies above the first line of its paragraph: there is room as for nothing else. */
  #isAbove({ height }: LaidObject, { top }: LaidLine, isNew: boolean): boolean {
    const last = isNew ? undefined : this.#last
    if (!last || top < last.top) return top >= SPACING
    const room = top - bottomOf(last)
    return room >= (height < this.#bodyHeight ? height * FIT : SPACING)
  }

  #add(object: LaidObject, top: number): void {
    const { height = 0, mayBeCut = false } = this.#open ?? {}
    this.#open = {
      top,
      height: height + object.height,
      mayBeCut: mayBeCut || object.mayBeCut,
    }
  }

  #goOn(line: LaidLine, begins: LaidParagraph['begins']): void {
    const last = this.#last
    if (!last || begins === 'page') this.#turn(1 + this.#endsAfterLast())
    else if (begins === 'column') this.#nextColumn()
    else if (this.#open) this.#pass(this.#open, line, last)
    else if (line.top < last.top) this.#fall(line, last)
    else if (line.top === last.top && line.left === last.left) this.#repeat(last)
    this.#last = line
    this.#lines++
    if (this.#isOutside(line, last)) this.#isUnclear = true
  }

  #isOutside({ top }: LaidLine, last: LaidLine | undefined): boolean {
    const isAfterWholePage = (last?.height ?? 0) > this.#bodyHeight * WHOLE_PAGE
    return top < 0 || top > this.#bodyHeight * (isAfterWholePage ? 1 : LOWEST)
  }

  #turn(pages: number): void {
    this.#page += pages
    this.#column = 0
    this.#open = undefined
  }

  #nextColumn(): void {
    this.#open = undefined
    if (++this.#column >= (this.#columnCount ?? 1)) this.#turn(1)
  }

  /** The line lies higher than the last one: in the next column, or on the next page. */
  #fall(line: LaidLine, last: LaidLine): void {
    const shift = line.left - last.left
    if (Math.abs(shift) < last.width / 2) this.#nextColumn()
    else if (shift < 0) this.#turn(1)
  }

  /** A line where a high one is, such as a table that is its only letter, is on the next page. */
  #repeat({ height }: LaidLine): void {
    if (height > this.#bodyHeight * HIGH) this.#turn(1)
    else this.#stuck++
  }

  /** A line after an object: below it, on the page where that ends, or still in the room above it. */
  #pass(open: LaidObject & { top: number }, line: LaidLine, last: LaidLine): void {
    const falls = line.top < last.top
    const missing = open.top + open.height - line.top
    const ends = this.#endsWithin(open, missing)
    if (!falls && missing < this.#bodyHeight * WIDE_SLACK) this.#open = undefined
    else if (!falls && line.top - bottomOf(last) < SPACING) return
    else if (this.#columnCount !== undefined && this.#columnCount > 1) this.#isUnclear = true
    else this.#turn(Math.max(Number(falls), ends))
  }

  #endsWithin({ mayBeCut }: LaidObject, height: number): number {
    const pages = Math.max(0, Math.ceil(height / this.#bodyHeight - SLACK))
    if (mayBeCut && pages > MAX_CUTS) this.#isUnclear = true
    return mayBeCut ? pages : Math.min(pages, 1)
  }

  /** How many pages end within objects after the last line, when nothing follows on their last page. */
  #endsAfterLast(): number {
    const open = this.#open
    if (!open) return 0
    const isWhole = open.top + open.height <= this.#bodyHeight * (1 + SLACK)
    if (!open.mayBeCut) return isWhole ? 0 : 1
    return Math.max(0, this.#endsWithin(open, open.top + open.height) - 1)
  }
}

function bottomOf(line: LaidLine | undefined): number {
  return line ? line.top + line.height : 0
}
