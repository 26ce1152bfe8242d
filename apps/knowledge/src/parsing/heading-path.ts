/** The headings above the place that is being read. */
export class HeadingPath<Place> {
  readonly #above: { level: number; title: string }[] = []
  #bare: { level: number; place: Place } | undefined
  #titles: readonly string[] = []

  /** One array for all that stands under the same headings. */
  get titles(): readonly string[] {
    return this.#titles
  }

  /** @param place where the heading itself stands */
  enter(level: number, title: string, place: Place): void {
    while ((this.#above.at(-1)?.level ?? 0) >= level) this.#above.pop()
    this.#above.push({ level, title })
    this.#titles = this.#above.map((above) => above.title)
    this.#bare = { level, place }
  }

  /** Something stands under the last heading. */
  filled(): void {
    this.#bare = undefined
  }

  /** Where the last heading stands, when nothing is under it and the next one is not either. */
  bareBefore(nextLevel: number): Place | undefined {
    const bare = this.#bare
    this.#bare = undefined
    return bare && nextLevel <= bare.level ? bare.place : undefined
  }
}
