type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs')

/** What becomes of a point: `x' = ax + cy + e`, `y' = bx + dy + f`. */
export type Matrix = readonly [number, number, number, number, number, number]

const UNCHANGED: Matrix = [1, 0, 0, 1, 0, 0]

/** Where things are painted, as operations move it. */
export function createPlace(OPS: PdfJs['OPS']) {
  const saved: Matrix[] = []
  let matrix = UNCHANGED
  return {
    get matrix() {
      return matrix
    },
    follow(operation: number, args: readonly unknown[] | null) {
      if (operation === OPS.save) saved.push(matrix)
      else if (operation === OPS.transform) matrix = times(matrix, args as unknown as Matrix)
      else if (operation === OPS.paintFormXObjectBegin) {
        saved.push(matrix)
        if (args?.[0]) matrix = times(matrix, args[0] as Matrix)
      } else if (operation === OPS.restore || operation === OPS.paintFormXObjectEnd) {
        matrix = saved.pop() ?? UNCHANGED
      }
    },
  }
}

function times(one: Matrix, [a, b, c, d, e, f]: Matrix): Matrix {
  const [p, q, r, s, t, u] = one
  return [
    p * a + r * b,
    q * a + s * b,
    p * c + r * d,
    q * c + s * d,
    p * e + r * f + t,
    q * e + s * f + u,
  ]
}
