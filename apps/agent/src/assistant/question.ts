import type { Identity, RunId, WorkflowId, WorkQuestion } from '@dure/contracts'

const WORKFLOW_ID = /\bwf_[0-9a-f]{32}\b/g
const RUN_ID = /\brun_[0-9a-f]{32}\b/g
const WORD = /[\p{L}\p{N}_-]{2,100}/gu
const MAX_IDS = 10
const MAX_WORDS = 20

/** Of what every question has, and no name of a workflow needs to be found by. */
const STOP_WORDS = new Set(
  'about all an and any are can did do does fail failed failing for from has have how in is it last latest list many me my of on or recent run running runs show status tell that the them there these they this those to was were what when where which who why with work workflow workflows you your 가장 그리고 나의 내가 뭐가 뭐야 마지막 마지막으로 모든 목록 무슨 무엇 방금 보여줘 상태 실패 실패한 실패했어 실패했나요 실행 실행이 실행은 알려줘 어떤 어제 언제 얼마나 오늘 왜 워크플로 워크플로가 워크플로는 워크플로우 이유 있어 있나요 제일 최근 최근에'.split(
    ' ',
  ),
)

/** Ends of Korean words that a name does not have: the longest that leaves two syllables goes. */
const PARTICLES = /(?:에서는|에서|으로|에는|까지|부터|에게|은|는|이|가|을|를|의|에|로|와|과|도|만)$/

const STATUSES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/실패|오류|에러|fail|error|broke|crash/i, ['failed', 'timed_out']],
  [/취소|cancel/i, ['cancelled']],
  [/성공|완료|succe|complet/i, ['completed']],
  [/실행 ?중|진행|running|in progress/i, ['running', 'queued', 'paused']],
  [/시간 ?초과|timed? ?out/i, ['timed_out']],
]

/** What has to be looked up to answer somebody, as far as this identity may see it. */
export function questionOf(
  text: string,
  { tenant, scopes }: Pick<Identity, 'tenant' | 'scopes'>,
): Omit<WorkQuestion, 'questionId'> {
  const words = [...text.normalize('NFC').matchAll(WORD)].flatMap(([word]) => nameLike(word))
  return {
    tenant,
    kinds: [
      ...(scopes.includes('workflows:read') ? (['workflow'] as const) : []),
      ...(scopes.includes('runs:read') ? (['run'] as const) : []),
    ],
    words: [...new Set(words)].slice(0, MAX_WORDS),
    workflowIds: idsIn<WorkflowId>(text, WORKFLOW_ID),
    runIds: idsIn<RunId>(text, RUN_ID),
    statuses: [
      ...new Set(STATUSES.flatMap(([said, statuses]) => (said.test(text) ? statuses : []))),
    ],
  }
}

function nameLike(word: string): string[] {
  const lower = word.toLowerCase()
  if (STOP_WORDS.has(lower) || /^(?:wf|run)_[0-9a-f]{32}$/.test(lower)) return []
  const bare = /\p{Script=Hangul}$/u.test(word) ? lower.replace(PARTICLES, '') : lower
  const found = bare.length >= 2 ? bare : lower
  return STOP_WORDS.has(found) ? [] : [found]
}

function idsIn<Kind extends string>(text: string, pattern: RegExp): Kind[] {
  return [...new Set(text.match(pattern))].slice(0, MAX_IDS) as Kind[]
}
