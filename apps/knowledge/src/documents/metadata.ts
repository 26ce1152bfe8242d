import { MetadataKey, MetadataText } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'

type Value = string | number | boolean | string[]

/** What is said of a document, by key. */
export type Metadata = Readonly<Record<string, Value>>

export const NO_METADATA: Metadata = {}

export const MetadataBody = Type.Record(
  Type.String(),
  Type.Union([
    MetadataText,
    Type.Number(),
    Type.Boolean(),
    Type.Array(MetadataText, { maxItems: 100 }),
  ]),
  {
    maxProperties: 32,
    propertyNames: MetadataKey,
    examples: [{ department: 'hr', year: 2026, tags: ['policy', 'leave'] }],
  },
)

/** It comes along with each passage that is found, and is in memory for each document. */
const MAX_BYTES = 8192

/**
 * As it is stored, so that what looks the same is the same, whichever system spelled it.
 *
 * @throws InvalidInputError `document.metadata-too-large`
 */
export function metadataOf(given: Metadata): Metadata {
  const entries = Object.entries(given).map(([key, value]) => [composed(key), composedIn(value)])
  const metadata = Object.fromEntries(entries)
  if (Buffer.byteLength(JSON.stringify(metadata)) <= MAX_BYTES) return metadata
  throw new InvalidInputError(
    'document.metadata-too-large',
    `Metadata may have ${MAX_BYTES} bytes as JSON; say less, or put it into the text`,
    [{ pointer: '#/metadata', message: 'is too large' }],
  )
}

function composedIn(value: Value): Value {
  if (typeof value === 'string') return composed(value)
  return typeof value === 'object' ? value.map(composed) : value
}

const composed = (text: string) => text.normalize('NFC')
