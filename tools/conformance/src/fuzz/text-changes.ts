import fc from 'fast-check'

/** A change of a body after it was written: of what is then no JSON any more, or JSON twice. */
export type TextChange = (body: Buffer) => Buffer

const text =
  (change: (body: string) => string): TextChange =>
  (body) =>
    Buffer.from(change(body.toString('utf8')))
const bytes = (hex: string) => Buffer.from(hex, 'hex')

const CHANGES: readonly TextChange[] = [
  () => Buffer.alloc(0),
  text((body) => body.slice(0, -1)),
  text((body) => body.slice(0, Math.floor(body.length / 2))),
  text((body) => `${body}}`),
  text((body) => body + body),
  text((body) => `\ufeff${body}`),
  text((body) => `${body}\n\n\t `),
  text((body) => `// comment\n${body}`),
  text((body) => body.replaceAll('"', "'")),
  text((body) => body.replace(/^\{("[^"]*":[^,{}[\]]*),?/, '{$1,$1,')),
  text((body) => body.replace('{', '{"__proto__":{"polluted":1},')),
  text((body) => body.replace('{', '{"constructor":{"prototype":1},')),
  text((body) => body.replace(':', ':\0')),
  text((body) => `[${body}]`),
  text((body) => JSON.stringify(body)),
  text((body) => body.replace(/"([^"]{2,})"/, (_all, inner: string) => `"${inner}\\ud800"`)),
  text((body) => body.replace(/"([^"]{2,})"/, (_all, inner: string) => `"${inner}\\u0000"`)),
  text((body) => body.replace(/:"/, ':"\\x')),
  text((body) => body.replace(/\d+/, '1e999')),
  text((body) => body.replace(/\d+/, '00$&')),
  (body) => Buffer.concat([body, bytes('00')]),
  (body) => Buffer.concat([bytes('fffe'), body]),
  (body) => Buffer.concat([body.subarray(0, -2), bytes('c328'), body.subarray(-2)]),
  (body) => Buffer.from(body.toString('utf8'), 'utf16le'),
  () => Buffer.from('null'),
  () => Buffer.from('"text"'),
  () => Buffer.from('[]'),
  () => Buffer.from('{}'),
  () => Buffer.from('0'),
  () => Buffer.from('NaN'),
  () => Buffer.from('undefined'),
]

/** Rarely: they take longer than all others together. */
const LARGE: readonly TextChange[] = [
  () => Buffer.from('['.repeat(100_000)),
  () => Buffer.from(`{"a":"${'x'.repeat(1_100_000)}"}`),
]

export const textChanges: fc.Arbitrary<TextChange> = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...CHANGES) },
  { weight: 1, arbitrary: fc.constantFrom(...LARGE) },
)
