import type { NodeId, RunEvent } from '@dure/contracts'
import type { Graph } from '@dure/engine'
import type { Delta } from '@dure/platform'
import { PARAGRAPH, textOfOutput } from './answer.ts'

/**
 * The answer of a run while it comes. Each call gives what can be said now beyond what was said before;
 * all pieces together are the answer.
 */
export interface LiveAnswer {
  delta(delta: Delta): string
  /** @param data of the event, where it was stored beside it */
  completed(event: NodeCompleted, data: unknown): string
  /** @throws AnswerReplacedError */
  ended(output: unknown): string
}

type NodeCompleted = Extract<RunEvent, { type: 'node.completed' }>

/** What was said is not how the answer begins: its model broke off, and then said something else. */
export class AnswerReplacedError extends Error {}

/** Who speaks at the moment, and what was heard of it. */
interface Speech {
  readonly nodeId: NodeId
  readonly attempt: number
  /** The index of the next piece. */
  next: number
  text: string
}

export function createLiveAnswer(graph: Graph): LiveAnswer {
  const speakers = speakersOf(graph)
  /** What `answer` nodes have said. */
  let spoken: string | undefined
  let speech: Speech | undefined
  let said = ''

  const after = (text: string) => (spoken === undefined ? text : spoken + PARAGRAPH + text)

  /** What it adds, if it goes on where we are; what does not is settled at the end. */
  function say(whole: string): string {
    if (!whole.startsWith(said)) return ''
    const piece = whole.slice(said.length)
    said = whole
    return piece
  }

  return {
    delta({ nodeId, path, attempt, index, text, offset = 0 }) {
      if (path !== undefined || !speakers.has(nodeId)) return ''
      if (speech && speech.nodeId !== nodeId) return ''
      if (index === 0) {
        // What it has said before stays; of what was not heard whole, the rest comes with its end.
        const before = speech?.attempt === attempt ? speech.text.slice(0, offset) : ''
        const isHeard = before.length === offset
        speech = { nodeId, attempt, next: isHeard ? 0 : Number.NaN, text: before }
      }
      // After a piece that was lost, the rest comes with the end of the node.
      if (speech?.attempt !== attempt || speech.next !== index) return ''
      speech.next += 1
      speech.text += text
      return say(after(speech.text))
    },

    completed({ nodeId, path, nodeType }, data) {
      const text = textIn(data)
      if (nodeType === 'answer') {
        spoken = after(text ?? '')
        return say(spoken)
      }
      if (path !== undefined || speech?.nodeId !== nodeId) return ''
      speech = undefined
      return text === undefined ? '' : say(after(text))
    },

    ended(output) {
      const whole = spoken ?? textOfOutput(output)
      if (!whole.startsWith(said)) throw new AnswerReplacedError()
      return say(whole)
    },
  }
}

function textIn(data: unknown): string | undefined {
  const holds = typeof data === 'object' && data !== null && 'text' in data
  return holds && typeof data.text === 'string' ? data.text : undefined
}

/** Also with the words for when the node was skipped. */
const VERBATIM =
  /^\{\{\s*nodes\.\??([a-z][a-z0-9_]{0,62})\.\??data\.\??text(?:\.orValue\((?:"[^"]*"|'[^']*')\))?\s*\}\}$/

/** The nodes whose text is, word for word, what the run will say: the others think aloud at the most. */
function speakersOf({ nodes }: Graph): ReadonlySet<string> {
  const answers = nodes.filter(({ type }) => type === 'answer').map(({ config }) => config.content)
  const outputs = nodes.filter(({ type }) => type === 'end').map(({ config }) => config.outputs)
  const said = answers.length > 0 ? answers : outputs.map(textOfOutput)
  return new Set(said.flatMap((text) => VERBATIM.exec(String(text))?.[1] ?? []))
}
