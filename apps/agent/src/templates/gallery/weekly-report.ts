import { graphOf, SLACK_SETUP, schedule, slackMessage, type Template } from '../template.ts'

export const weeklyReport: Template = {
  id: 'weekly-report',
  title: { ko: '주간 매출 보고서', en: 'Weekly sales report' },
  description: {
    ko: '월요일마다 지난주 주문을 가져와 나라별로 집계하고, 모델이 쓴 설명과 함께 슬랙에 올립니다.',
    en: 'Every Monday, fetches the orders of last week, adds them up by country and posts the figures with a comment of a model to Slack.',
  },
  keywords: {
    ko: ['주간', '매주', '월요일', '보고서', '리포트', '매출', '집계', '통계'],
    en: ['weekly', 'monday', 'report', 'sales', 'revenue', 'aggregate', 'statistics', 'kpi'],
  },
  graph: graphOf(
    [
      { id: 'start', type: 'start' },
      {
        id: 'orders',
        type: 'http',
        config: { method: 'GET', url: 'https://api.example.com/orders?period=last-week' },
      },
      {
        id: 'totals',
        type: 'aggregate',
        config: {
          items: 'nodes.orders.data.body.orders',
          groupBy: 'loop.item.country',
          metrics: { count: { op: 'count' }, total: { op: 'sum', of: 'loop.item.total' } },
        },
      },
      {
        id: 'comment',
        type: 'llm',
        config: {
          system:
            'Comment on these sales figures in Korean, in at most five lines. Invent no number.',
          prompt: '{{ nodes.totals.data }}',
          temperature: 0,
          maxOutputTokens: 500,
        },
      },
      slackMessage(
        'post_report',
        '지난주 매출 {{ nodes.totals.data.values.total }}원 ({{ nodes.totals.data.values.count }}건)\n{{ nodes.comment.data.text }}',
        '#sales',
      ),
      { id: 'end', type: 'end', config: { outputs: { totals: '{{ nodes.totals.data }}' } } },
    ],
    'start > orders > totals > comment > post_report > end',
  ),
  triggers: [
    schedule('주간 보고서', '0 9 * * MON', {
      ko: '월요일 09:00 (Asia/Seoul) 마다 시작합니다.',
      en: 'Starts it on Mondays at 09:00 (Asia/Seoul).',
    }),
  ],
  setup: [
    {
      ko: 'orders 의 주소와 필드 이름을 바꾸세요.',
      en: 'Change the address of orders, and the names of fields to those of its answer.',
    },
    SLACK_SETUP,
  ],
}
