import type { Found } from './guardrail.ts'
import { placeOf, type Readable } from './normalise.ts'

/**
 * Heuristics: what somebody writes who wants a model to forget what it was told. Whoever knows them writes something else;
 * they keep out the usual, and are no reason to trust what they let through. Gaps are bounded, so that each is linear.
 */
const SIGNS: readonly { readonly kind: string; readonly weight: number; readonly at: RegExp }[] = [
  {
    kind: 'override',
    weight: 1,
    at: /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|preceding|all|any|your|the|system)\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|context|messages?)\b/gis,
  },
  {
    kind: 'override',
    weight: 1,
    at: /(?:이전|위의?|앞(?:의|선|서)|지금까지|기존|모든|시스템).{0,20}(?:지시|명령|규칙|프롬프트|설정|안내|지침|대화).{0,15}(?:무시|잊|버리|따르지)/gs,
  },
  {
    kind: 'prompt-leak',
    weight: 0.8,
    at: /\b(?:reveal|show|print|repeat|output|display|tell me|what (?:is|are))\b.{0,40}\b(?:system|hidden|initial|original|secret)\b.{0,10}\b(?:prompts?|instructions?|messages?)\b/gis,
  },
  {
    kind: 'prompt-leak',
    weight: 0.8,
    at: /(?:시스템|숨(?:은|겨진)|초기|원래|비밀).{0,8}(?:프롬프트|지시|지침|명령).{0,20}(?:보여|출력|알려|말해|공개|반복)/gs,
  },
  {
    kind: 'new-role',
    weight: 0.5,
    at: /\b(?:you are now|from now on,? you|pretend (?:to be|you are)|act as (?:if|an? (?:unrestricted|unfiltered|evil)))\b/gi,
  },
  {
    kind: 'new-role',
    weight: 0.5,
    at: /(?:이제부터|지금부터).{0,6}(?:너는|넌|당신은)|(?:너는|넌|당신은).{0,6}(?:이제부터|지금부터)/gs,
  },
  {
    kind: 'unlocked',
    weight: 0.6,
    at: /\b(?:developer mode|dan mode|jailbreak(?:en|ing)?|do anything now|no restrictions)\b|개발자 ?모드|탈옥|제한 ?없이 ?(?:답|대답|응답)/gi,
  },
  {
    kind: 'secrecy',
    weight: 0.6,
    at: /\b(?:do not|don't|never) (?:tell|inform|mention|reveal).{0,30}\b(?:the )?(?:user|human|anyone)\b|(?:사용자|아무)에?게.{0,10}(?:말하지|알리지|언급하지) ?(?:마|말)/gis,
  },
  {
    kind: 'marks-of-a-prompt',
    weight: 0.8,
    at: /<\|(?:im_start|im_end|system|endoftext)\|>|\[\/?INST\]|<<\/?SYS>>|^ {0,3}#{2,4} ?(?:system|instructions?) ?:?$|<\/?system>/gim,
  },
  {
    kind: 'exfiltration',
    weight: 0.6,
    at: /\b(?:send|post|forward|upload|exfiltrate)\b.{0,40}\b(?:api keys?|passwords?|secrets?|credentials|conversation|history)\b|(?:비밀번호|암호|api ?키|대화 ?내용).{0,20}(?:보내|전송|전달|업로드)/gis,
  },
]

/** @returns all of its signs when together they come to `threshold`; each kind counts once */
export function findInjections(readable: Readable, threshold: number): Found[] {
  const weights = new Map<string, number>()
  const found = SIGNS.flatMap(({ kind, weight, at }) =>
    [...readable.text.matchAll(at)].map(({ 0: sign, index }) => {
      weights.set(kind, weight)
      return { kind, ...placeOf(readable, index, index + sign.length) }
    }),
  )
  const score = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  // A tenth is not a number that adds up exactly.
  return score >= threshold - 1e-9 ? found : []
}
