import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gunzipSync } from 'node:zlib'

/** Reads text in images. Korean and English, in one process, one image at a time. */
export interface Ocr {
  /**
   * @param image as PNG, JPEG, WebP, TIFF or PNM
   * @returns its paragraphs, none when nothing can be read; undefined when it is no such image
   */
  read(image: Uint8Array): string[] | undefined
}

/** What of Tesseract compiled to WebAssembly is used: its classes, and its files in memory. */
interface Tesseract {
  readonly FS: { writeFile(name: string, bytes: Uint8Array): void }
  readonly TessBaseAPI: new () => {
    Init(folder: string, languages: string, engine: number): number
    /** @returns 1 when the file `/input` cannot be read */
    SetImageFile(orientation: number, angle: number, enlarge: boolean): number
    Recognize(monitor: null): number
    MeanTextConf(): number
    GetUTF8Text(): string
    Clear(): void
  }
}
type Load = (options: object) => Promise<Tesseract>

/** Korean first: where the models disagree, it decides. */
const LANGUAGES = ['kor', 'eng']
/** The models of the packages that are both smaller and better at Korean than the others. */
const MODELS = '4.0.0_best_int'
const NEURAL = 1
/** Of 100. Pages of text have 85 and more, pictures without any 30. */
const LEAST_CONFIDENCE = 50

let engine: Promise<Ocr> | undefined

/** The engine of this process: a third of a second and 60 MB, for whoever comes first. */
export function ocr(): Promise<Ocr> {
  engine ??= load()
  return engine
}

async function load(): Promise<Ocr> {
  const require = createRequire(import.meta.url)
  const start = require('tesseract.js-core/tesseract-core-simd-lstm.js') as Load
  const silent = () => undefined
  const tesseract = await start({ print: silent, printErr: silent, TesseractProgress: silent })
  for (const language of LANGUAGES) {
    const model = `@tesseract.js-data/${language}/${MODELS}/${language}.traineddata.gz`
    tesseract.FS.writeFile(
      `${language}.traineddata`,
      gunzipSync(readFileSync(require.resolve(model))),
    )
  }
  const api = new tesseract.TessBaseAPI()
  if (api.Init('/', LANGUAGES.join('+'), NEURAL) !== 0) throw new Error('Tesseract did not start')

  return {
    read(image) {
      tesseract.FS.writeFile('/input', image)
      if (api.SetImageFile(orientationOf(image), 0, false) === 1) return undefined
      api.Recognize(null)
      const text = api.MeanTextConf() < LEAST_CONFIDENCE ? '' : api.GetUTF8Text()
      api.Clear()
      return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '')
    },
  }
}

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0]
const ORIENTATION = 0x0112

/** How a camera was held: entry 0x0112 of the first directory. All else in there is not looked at. */
function orientationOf(image: Uint8Array): number {
  const start = image
    .subarray(0, 64)
    .findIndex((_byte, at) => EXIF.every((b, i) => image[at + i] === b))
  if (start === -1) return 1
  const tiff = image.subarray(start + EXIF.length, start + EXIF.length + 1024)
  const little = tiff[0] === 0x49
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  for (let at = 10; at + 12 <= tiff.byteLength; at += 12) {
    if (view.getUint16(at, little) === ORIENTATION) {
      const orientation = view.getUint16(at + 8, little)
      return orientation >= 1 && orientation <= 8 ? orientation : 1
    }
  }
  return 1
}
