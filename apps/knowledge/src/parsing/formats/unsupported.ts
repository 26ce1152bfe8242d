import { ParseError } from '../parse-error.ts'

export function unsupportedFormat(): ParseError {
  return new ParseError(
    'document.unsupported-format',
    'This kind of file cannot be read. Send txt, md, html, csv, json, jsonl, pdf, docx, xlsx, pptx, hwp, hwpx, png, jpeg, webp or tiff; save older Office files in one of these',
  )
}
