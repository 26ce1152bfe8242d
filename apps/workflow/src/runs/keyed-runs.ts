import type { KeyedPage, KeyedRun } from './admission-store.ts'

const PAGE = 100
const AT_ONCE = 10

/** Does something with every run of a key, however many there are: page by page, a few at a time. */
export async function eachKeyedRun(
  read: (page: KeyedPage) => Promise<readonly KeyedRun[]>,
  work: (run: KeyedRun) => Promise<void>,
): Promise<void> {
  for (let after: KeyedRun | undefined, more = true; more; ) {
    const runs = await read({ limit: PAGE, after })
    const left = runs.values()
    const worker = async () => {
      for (const run of left) await work(run)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    after = runs.at(-1)
    more = runs.length === PAGE
  }
}
