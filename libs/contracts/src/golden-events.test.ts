import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { beforeAll, describe, expect, test } from 'vitest'
import { AgentEvent, agentEventVersions, RunEvent, runEventVersions } from './index.ts'
import {
  canonicalSchema,
  goldenFiles,
  hasGolden,
  isWriting,
  readGolden,
  schemaHash,
  writeGolden,
} from './testing/golden.ts'

/** What was released once: it is never edited, and every later build reads it. */
interface GoldenEvent {
  /** Of the schema of this version. */
  readonly schemaHash?: string
  readonly event: { readonly type: string } & Readonly<Record<string, unknown>>
}

const GROUPS = [
  { group: 'run-events', schemas: RunEvent.anyOf, versions: runEventVersions },
  { group: 'agent-events', schemas: AgentEvent.anyOf, versions: agentEventVersions },
].map(({ group, schemas, versions }) => ({
  group,
  types: Object.entries(versions).map(([type, { version, upcasters }]) => {
    const schema = schemas.find(({ properties }) => properties.type.const === type)
    if (!schema) throw new Error(`There is no schema of ${type}`)
    return { type, version, upcasters, schema, file: `${type}.v${version}.json` }
  }),
}))

describe.each(GROUPS)('$group', ({ group, types }) => {
  type EventType = (typeof types)[number]

  function asOfToday({ upcasters }: EventType, version: number, { event }: GoldenEvent) {
    const { type, ...data } = event
    return { type, ...upcasters.slice(version - 1).reduce((old, next) => next(old), data) }
  }

  /** The example of a new type is written by hand; that of a new version comes from the one before it. */
  function write(one: EventType): void {
    const { type, version, schema, file } = one
    const previous = `${type}.v${version - 1}.json`
    if (!hasGolden(group, file) && !hasGolden(group, previous)) return
    const known = hasGolden(group, file) ? readGolden<GoldenEvent>(group, file) : undefined
    if (known?.schemaHash) return
    const event =
      known?.event ?? asOfToday(one, version - 1, readGolden<GoldenEvent>(group, previous))
    writeGolden(group, file, { schemaHash: schemaHash(schema), event })
  }

  beforeAll(() => {
    if (isWriting) for (const one of types) write(one)
  })

  test.each(types)('$type has a golden file of every version', ({ type, version }) => {
    const released = goldenFiles(group).filter(({ name }) => name === type)
    expect(
      released.map((file) => file.version).sort((one, other) => one - other),
      `Golden files of ${type}. ${HOW_TO}`,
    ).toEqual(Array.from({ length: version }, (_, index) => index + 1))
  })

  test.each(types)('$type of every version is read as one of today', (one) => {
    for (const { version, path } of goldenFiles(group).filter(({ name }) => name === one.type)) {
      const read = asOfToday(one, version, readGolden<GoldenEvent>(group, path))
      const problems = Value.Errors(one.schema, read).map(
        ({ instancePath, message }) => `${instancePath} ${message}`,
      )
      expect(problems, `golden/${group}/${path}, brought up to date`).toEqual([])
    }
  })

  test.each(types)(
    '$type does not change without a new version',
    ({ type, schema, version, file }) => {
      const { schemaHash: released } = readGolden<GoldenEvent>(group, file)
      expect(
        released,
        `The schema of ${type} is not that of its version ${version} any more. ${HOW_TO}`,
      ).toBe(schemaHash(schema))
    },
  )

  test('there is no golden file of anything else', () => {
    const known = types.map(({ type }) => type)
    expect(goldenFiles(group).filter(({ name }) => !known.includes(name))).toEqual([])
  })
})

const HOW_TO = `What was released is never edited. Raise \`version\` in libs/contracts/src/event-versions.ts, add
the upcaster that leads to it, then: GOLDEN=write npm test -- --project @dure/contracts golden
It writes what is missing; see docs/how-to/change-an-event.md.`

describe('the hash of a schema', () => {
  const released = Type.Object({
    title: Type.String(),
    pages: Type.Integer(),
    n: Type.Optional(Type.Integer()),
  })

  test.each([
    ['a field', Type.Object({ ...released.properties, more: Type.Optional(Type.String()) })],
    ['a field less', Type.Object({ n: released.properties.n, pages: Type.Integer() })],
    [
      'another limit',
      Type.Object({ ...released.properties, title: Type.String({ maxLength: 9 }) }),
    ],
    ['a field that is required now', Type.Object({ ...released.properties, n: Type.Integer() })],
  ])('tells %s', (_what, changed) => {
    expect(schemaHash(changed)).not.toBe(schemaHash(released))
  })

  test('does not depend on words for people, nor on the order of fields', () => {
    const described = Type.Object(
      {
        n: released.properties.n,
        pages: Type.Integer(),
        title: Type.String({ description: 'of a book' }),
      },
      { $id: 'Book', description: 'A book' },
    )
    expect(canonicalSchema(described)).not.toEqual(canonicalSchema(Type.Object({})))
    expect(schemaHash(described)).toBe(schemaHash(released))
  })
})
