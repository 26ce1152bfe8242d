import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Files {
  readonly corpus: readonly object[]
  readonly queries: readonly object[]
  readonly qrels: readonly object[]
}

export const SMALL: Files = {
  corpus: [
    {
      _id: 'd1',
      set: 'help',
      title: '환불',
      text: '물건을 받은 날부터 이레 안에 돈을 돌려받을 수 있습니다.',
    },
    { _id: 'd2', set: 'help', title: '배송', text: '주문하신 물건은 이틀 뒤에 도착합니다.' },
    { _id: 'd3', set: 'help', text: '비밀번호는 계정 화면에서 바꿉니다.' },
    {
      _id: 'm1',
      set: 'village',
      title: '두레',
      text: '두레는 농사일을 함께 하려고 마을마다 둔 모임이다.',
    },
    {
      _id: 'm2',
      set: 'village',
      title: '품앗이',
      text: '품앗이는 서로 일을 거들어 품을 갚는 것이다.',
    },
  ],
  queries: [
    { _id: 'q1', set: 'help', text: '환불은 언제까지 받을 수 있나요?' },
    { _id: 'q2', set: 'help', text: '비밀번호를 바꾸고 싶어요' },
    { _id: 'q3', set: 'help', text: '아무도 답하지 못하는 물음' },
    { _id: 'q4', set: 'village', text: '품을 갚는 일을 무엇이라 하나?' },
  ],
  qrels: [
    { query: 'q1', doc: 'd1', score: 1 },
    { query: 'q2', doc: 'd3', score: 1 },
    { query: 'q3', doc: 'd2', score: 0 },
    { query: 'q4', doc: 'm2', score: 1 },
  ],
}

type Content = readonly object[] | string

/**
 * A folder with the three files, one object per line.
 *
 * @param files undefined: that file is not there
 * @param others by their paths
 */
export function folderOf(
  files: Partial<Record<keyof Files, Content | undefined>>,
  others: Readonly<Record<string, string>> = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'evaluation-'))
  for (const [name, lines] of Object.entries({ ...SMALL, ...files })) {
    if (lines !== undefined) writeFileSync(join(folder, `${name}.jsonl`), textOf(lines))
  }
  for (const [path, text] of Object.entries(others)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function textOf(lines: Content): string {
  return typeof lines === 'string' ? lines : lines.map((line) => JSON.stringify(line)).join('\n')
}
