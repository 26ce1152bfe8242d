import { Type } from 'typebox'

/** Of whatever gives data of a run to a model with tools: a workflow cannot tell whose words they are. */
export const TrustInput = Type.Boolean({
  default: false,
  description:
    'Whether the author answers for what the expressions of `input` give. `false`: it counts as written by somebody outside, and what the agent then wants to write, or to send anywhere, needs an approval. Without expressions it is the words of the author, and trusted',
})

/** Nothing but the words of the author, or what the author answers for. */
export function isTrusted(template: string, trustInput: boolean): boolean {
  return trustInput || !template.includes('{{')
}
