import { nodeTypes, validateGraph } from '@dure/engine'
import { describe, expect, test } from 'vitest'
import { GALLERY } from './gallery/index.ts'
import { rankTemplates } from './search.ts'

const best = (text: string) => rankTemplates(GALLERY, text)[0]?.template.id

describe('the gallery', () => {
  test('has many templates, each with an id of its own', () => {
    expect(GALLERY.length).toBeGreaterThanOrEqual(15)
    expect(new Set(GALLERY.map(({ id }) => id)).size).toBe(GALLERY.length)
  })

  test.each(GALLERY.map((template) => [template.id, template] as const))(
    '%s is valid, without a warning, in both languages',
    (_id, { graph, title, description, keywords, triggers }) => {
      const { problems, warnings } = validateGraph(graph, nodeTypes, '#/graph')

      expect([...problems, ...warnings]).toEqual([])
      for (const { ko, en } of [title, description, ...triggers.map(({ why }) => why)]) {
        expect(ko).toMatch(/\p{Script=Hangul}/u)
        expect(en).toMatch(/^[^\p{Script=Hangul}]+$/u)
      }
      expect(Math.min(keywords.ko.length, keywords.en.length)).toBeGreaterThanOrEqual(5)
    },
  )
})

describe('a search of the gallery', () => {
  test.each([
    ['매일 아침 9시에 새 문의를 요약해서 슬랙으로 보내줘', 'daily-inquiry-summary'],
    ['Every morning at 9, summarize new inquiries and send them to Slack', 'daily-inquiry-summary'],
    ['사내 규정 문서에서 찾아서 답해주는 챗봇', 'answer-from-knowledge'],
    ['answer questions from our documents with citations', 'answer-from-knowledge'],
    ['고객 문의를 유형별로 분류해서 담당자에게 배정', 'classify-and-route'],
    ['triage messages and assign them to the right category', 'classify-and-route'],
    ['환불은 관리자가 승인해야 해', 'approve-refund'],
    ['refunds above an amount need approval of a manager', 'approve-refund'],
    ['웹훅으로 들어온 폼을 CRM에 저장', 'webhook-intake'],
    ['목록의 각 항목마다 처리', 'map-over-list'],
    ['API에서 주문을 가져와 필터하고 정렬', 'fetch-and-transform'],
    ['이 글을 영어로 번역해줘', 'translate-text'],
    ['translate a document into Japanese', 'translate-text'],
    ['영수증에서 날짜와 금액을 추출', 'extract-fields'],
    ['extract fields from invoices', 'extract-fields'],
    ['서버 장애가 나면 알려줘', 'incident-alert'],
    ['alert the on-call engineer about an outage', 'incident-alert'],
    ['자바스크립트 코드로 계산', 'run-code'],
    ['run another workflow as a child', 'call-workflow'],
    ['매주 월요일 매출 보고서', 'weekly-report'],
    ['두 답을 동시에 받아 비교', 'compare-answers'],
    ['메일 답장 초안을 쓰고 내가 고쳐서 보내기', 'review-email'],
    ['입금될 때까지 기다렸다가 배송', 'wait-for-payment'],
    ['작업이 끝날 때까지 상태를 반복해서 확인', 'poll-until-done'],
    ['sentiment of product reviews', 'sentiment-of-reviews'],
  ])('for "%s" finds %s first', (text, id) => {
    expect(best(text)).toBe(id)
  })

  test('finds the same in decomposed Hangul, and does not mind capitals', () => {
    expect(best('번역해줘'.normalize('NFD'))).toBe('translate-text')
    expect(best('TRANSLATE THIS')).toBe('translate-text')
  })

  test('gives nothing a score that shares nothing with it', () => {
    const scores = (text: string) => rankTemplates(GALLERY, text).map(({ score }) => score)

    expect(Math.max(...scores('ξένος κόσμος 🙂'))).toBe(0)
    expect(Math.max(...scores(''))).toBe(0)
  })
})
