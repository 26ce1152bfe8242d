import { Parser } from 'htmlparser2'
import { damaged, ParseError, tooDeep } from '../parse-error.ts'
import type { Archive } from './archive.ts'

export type Attributes = Readonly<Record<string, string>>

/** Elements come without the prefix of their namespace, attributes with it. */
export interface XmlHandlers {
  open?(name: string, attributes: Attributes): void
  text?(text: string): void
  close?(name: string): void
}

/** Documents that people write stay far below. */
const MAX_DEPTH = 256

/**
 * Reads a part of an archive as XML, as it inflates. There are no entities but the five of XML:
 * a document type, which could declare others or name a file, is refused, as Office programs do.
 *
 * @throws ParseError `document.has-doctype`, `document.too-deep`, `document.damaged`
 */
export async function readXml(
  archive: Archive,
  part: string,
  handlers: XmlHandlers,
): Promise<void> {
  const reader = createReader(part, handlers)
  let decoder: InstanceType<typeof TextDecoder> | undefined
  for await (const chunk of archive.read(part)) {
    decoder ??= new TextDecoder(encodingOf(chunk))
    reader.write(decoder.decode(chunk, { stream: true }))
  }
  reader.end(decoder?.decode() ?? '')
}

function createReader(part: string, { open, text, close }: XmlHandlers) {
  let depth = 0
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (++depth > MAX_DEPTH) throw tooDeep(MAX_DEPTH)
        open?.(localName(name), attributes)
      },
      ontext: (data) => text?.(data),
      onclosetag(name) {
        depth--
        close?.(localName(name))
      },
      onprocessinginstruction(name) {
        if (name.toLowerCase() === '!doctype') throw hasDoctype()
      },
    },
    { xmlMode: true },
  )
  return {
    write: (data: string) => parser.write(data),
    end(rest: string) {
      parser.write(rest)
      if (depth > 0) throw damaged(`The part ${part} does not end`)
      parser.end()
    },
  }
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return 'utf-8'
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function hasDoctype(): ParseError {
  return new ParseError(
    'document.has-doctype',
    'The file declares a document type, which no Office program writes: save it again',
  )
}
