import {
  type ArrayFile,
  arrayNamed,
  arraysIn,
  readArrayFile,
  UnusableFileError,
  writeArrayFile,
} from '../snapshot/array-file.ts'
import { FIELDS } from './fields.ts'
import type { FieldArrays } from './sealed-field.ts'
import type { SegmentArrays } from './sealed-segment.ts'
import type { TermArrays } from './terms.ts'

/** Of what the arrays mean, down to the codes of postings and the hash of terms: another one is another file. */
const VERSION = 2

/** Pieces of one file, on the memory of the segment. */
export function writeSegment(segment: SegmentArrays): Promise<Uint8Array[]> {
  const facts = { kind: 'segment', version: VERSION, capacity: segment.capacity }
  return writeArrayFile({ facts, arrays: new Map(arraysIn(segment)) })
}

/** @throws UnusableFileError when it is damaged, or not of this version */
export async function readSegment(bytes: Uint8Array): Promise<SegmentArrays> {
  const file = await readArrayFile(bytes)
  const { kind, version, capacity } = file.facts
  if (kind !== 'segment' || version !== VERSION || typeof capacity !== 'number') {
    throw new UnusableFileError(`It is a ${kind} of version ${version}`)
  }
  return {
    capacity,
    ids: termsIn(file, 'ids/'),
    documents: termsIn(file, 'documents/'),
    documentOf: arrayNamed(file, 'documentOf', 'Uint32Array'),
    firstOf: arrayNamed(file, 'firstOf', 'Uint32Array'),
    nextOf: arrayNamed(file, 'nextOf', 'Uint32Array'),
    fields: FIELDS.map((_, at) => fieldIn(file, `fields/${at}/`)),
  }
}

function fieldIn(file: ArrayFile, path: string): FieldArrays {
  return {
    terms: termsIn(file, `${path}terms/`),
    starts: arrayNamed(file, `${path}starts`, 'Uint32Array'),
    entries: arrayNamed(file, `${path}entries`, 'Uint32Array'),
    bounds: arrayNamed(file, `${path}bounds`, 'Uint16Array'),
    longOf: arrayNamed(file, `${path}longOf`, 'Uint32Array'),
    windowStarts: arrayNamed(file, `${path}windowStarts`, 'Uint32Array'),
    windowBounds: arrayNamed(file, `${path}windowBounds`, 'Uint16Array'),
    lengthLevels: arrayNamed(file, `${path}lengthLevels`, 'Uint8Array'),
  }
}

function termsIn(file: ArrayFile, path: string): TermArrays {
  return {
    text: arrayNamed(file, `${path}text`, 'Uint16Array'),
    starts: arrayNamed(file, `${path}starts`, 'Uint32Array'),
    slots: arrayNamed(file, `${path}slots`, 'Uint32Array'),
  }
}
