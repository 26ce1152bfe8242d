import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_CHAIN, type Head, type Link, linkHash, verifyEnd, verifyLinks } from './chain.ts'

function chainOf(contents: readonly string[]): Link[] {
  let head: Head = EMPTY_CHAIN
  return contents.map((content) => {
    const seq = head.seq + 1
    head = { seq, hash: linkHash(head.hash, seq, content) }
    return { ...head, content }
  })
}

/** What anybody can find out who has the last head from elsewhere. */
function faultIn(links: readonly Link[], written: readonly Link[]) {
  const signed = new Map(written.slice(-1).map(({ seq, hash }) => [seq, hash]))
  const { head, fault } = verifyLinks(EMPTY_CHAIN, links, signed)
  return fault ?? verifyEnd(head, signed)
}

const contents = fc.array(fc.string(), { minLength: 2, maxLength: 20 })

test('a chain that nobody touched has no fault', () => {
  fc.assert(fc.property(contents, (all) => faultIn(chainOf(all), chainOf(all)) === null))
})

test('every change, removal, swap and cut is found', () => {
  fc.assert(
    fc.property(contents, fc.nat(), fc.constantFrom(...TAMPERINGS), (all, at, tamper) => {
      const written = chainOf(all)
      const changed = tamper([...written], at % all.length)
      return (
        JSON.stringify(changed) === JSON.stringify(written) || faultIn(changed, written) !== null
      )
    }),
  )
})

test('a chain that was written anew from some entry on is another one', () => {
  fc.assert(
    fc.property(contents, fc.nat(), (all, at) => {
      const other = all.map((content, index) =>
        index === at % all.length ? `${content}!` : content,
      )
      return faultIn(chainOf(other), chainOf(all))?.kind === 'rewritten'
    }),
  )
})

test('a fault says where it is', () => {
  const written = chainOf(['a', 'b', 'c', 'd'])
  const [a, b, c] = written as [Link, Link, Link, Link]
  expect(faultIn([a, { ...b, content: 'B' }, c], written)).toEqual({ seq: 2, kind: 'changed' })
  expect(faultIn([a, c], written)).toEqual({ seq: 2, kind: 'missing' })
  expect(faultIn([a, b, c], written)).toEqual({ seq: 4, kind: 'cut-off' })
})

type Tampering = (links: Link[], at: number) => Link[]

const TAMPERINGS: readonly Tampering[] = [
  (links, at) =>
    links.map((link, n) => (n === at ? { ...link, content: `${link.content} ` } : link)),
  (links, at) => links.map((link, n) => (n === at ? { ...link, hash: Buffer.alloc(32, 1) } : link)),
  (links, at) => links.filter((_, n) => n !== at),
  (links, at) => links.slice(0, at),
  (links, at) => {
    const [taken] = links.splice(at, 1) as [Link]
    return [...links, taken]
  },
  // With new numbers, so that no gap tells of it.
  (links, at) => links.filter((_, n) => n !== at).map((link, n) => ({ ...link, seq: n + 1 })),
]
