import { OTHERS, type PlaceCell } from './cell.ts'
import type { Reply } from './client.ts'
import type { Identities, IdentityName } from './identities.ts'
import type { Matrix, MatrixRow } from './matrix.ts'

const IDENTITIES: readonly (keyof Identities)[] = [
  'none',
  'malformed',
  'unknown',
  'expired',
  'revoked',
  'scopeless',
  'stranger',
  'owner',
]

const WHOSE = ['of another organization', 'of another project', 'own, to a stranger']

/** Two tables in Markdown: who is answered what, and what ids of others come to. */
export function matrixMarkdown({ rows, findings, requests }: Matrix): string {
  const places = rows.flatMap((row) => row.byPlace.map((cell) => placeLine(row, cell)))
  return [
    '# Who may do what',
    '',
    lineOf(['operation', ...IDENTITIES]),
    lineOf(['---', ...IDENTITIES.map(() => '---')]),
    ...rows.map(identityLine),
    '',
    '# Ids of others',
    '',
    lineOf(['operation', 'id', 'own', 'missing', ...WHOSE]),
    lineOf(['---', '---', '---', '---', ...WHOSE.map(() => '---')]),
    ...places,
    '',
    `${rows.length} operations, ${places.length} ids, ${requests} requests, ${findings.length} findings.`,
    '',
  ].join('\n')
}

function identityLine({ operation, byIdentity }: MatrixRow): string {
  const cells = IDENTITIES.map((name: IdentityName) => String(byIdentity[name].status))
  return lineOf([operation.operationId, ...cells])
}

function placeLine(
  { operation }: MatrixRow,
  { place, own, missing, foreign, asked }: PlaceCell,
): string {
  const others = OTHERS.map((other) => shown(foreign.find(({ of }) => of === other)?.reply))
  const replies = [shown(own), shown(missing), ...others, shown(asked?.byIdentity.stranger)]
  return lineOf([operation.operationId, `\`${place}\``, ...replies])
}

function shown(reply: Reply | undefined): string {
  return reply ? `${reply.status} ${reply.code}`.trim() : '–'
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
