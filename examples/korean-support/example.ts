import { createApi, type Named } from './api.ts'
import { untilReady, uploadArticles } from './articles.ts'
import { type Answered, ask, type Citation } from './ask.ts'
import type { Connection } from './connection.ts'
import { publishWorkflow, readWorkflow } from './workflow.ts'

export interface ExampleOptions extends Connection {
  readonly question: string
  readonly log: (line: string) => void
}

export interface ExampleResult extends Answered {
  readonly knowledgeBaseId: string
  readonly workflowId: string
}

/** Asked in other words, and with other particles and endings, than the articles use. */
export const DEFAULT_QUESTION = '서버가 갑자기 죽어 버리면 돌리고 있던 실행은 어떻게 되나요?'

const KNOWLEDGE_BASE = 'Dure 도움말'

/**
 * From nothing to an answer with citations, by the public API alone. Running it again uses what is
 * there already and asks once more.
 *
 * @throws ExampleError with what to do about it
 */
export async function runExample(options: ExampleOptions): Promise<ExampleResult> {
  const { url, apiKey, question, log } = options
  const api = createApi({ url, apiKey })

  log(`Knowledge base "${KNOWLEDGE_BASE}"`)
  const known = await api.findByName('/v1/knowledge-bases', KNOWLEDGE_BASE)
  const { id: knowledgeBaseId } =
    known ??
    (await api.call<Named>({
      method: 'POST',
      path: '/v1/knowledge-bases',
      body: { name: KNOWLEDGE_BASE },
    }))
  const documentsPath = `/v1/knowledge-bases/${knowledgeBaseId}/documents`
  const documents = await uploadArticles(api, documentsPath)
  const passages = await untilReady(documents, { api, documentsPath, log })
  log(`  ${passages} passages can be found`)

  const workflow = await readWorkflow(knowledgeBaseId)
  const { id: workflowId, number } = await publishWorkflow(api, workflow)
  log(`Workflow "${workflow.name}": version ${number} is published`)

  log('Run started: waiting for its end ...')
  const answered = await ask(api, workflowId, question)
  report(options, answered)
  return { knowledgeBaseId, workflowId, ...answered }
}

function report({ url, question, log }: ExampleOptions, answered: Answered): void {
  const { answer, runId, traceId, costMicroUsd, inputTokens, outputTokens } = answered
  const usd = (costMicroUsd / 1_000_000).toFixed(6)
  log(`
Question
  ${question}

Answer
${indented(answer)}

Citations
${indented(citationsOf(answered).join('\n') || 'none')}

Cost      ${usd} USD (${inputTokens} tokens in, ${outputTokens} out)
Run       ${runId}
Trace     ${traceId ?? 'off: set OTEL_EXPORTER_OTLP_ENDPOINT for `npm start`'}

Next${traceId ? `\n  The whole way of the request, in Jaeger:\n    http://localhost:16686/trace/${traceId}` : ''}
  Every event of this run, with the key that \`npm start\` printed:
    curl -N -H "Authorization: Bearer $DURE_API_KEY" ${url}/v1/runs/${runId}/events
  Another question:
    npm run example -- "한국어 검색은 어떻게 하나요?"`)
}

/** Those that the answer names; all that were found when it names none. */
function citationsOf({ answer, citations }: Answered): string[] {
  const named = citations.filter(({ number }) => answer.includes(`[${number}]`))
  return (named.length > 0 ? named : citations).map(titleOf)
}

function titleOf({ number, documentName, headings }: Citation): string {
  return `[${number}] ${[documentName, ...headings].join(' > ')}`
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}
