import { graphOf, type Template } from '../template.ts'

export const fetchAndTransform: Template = {
  id: 'fetch-and-transform',
  title: { ko: 'API 에서 가져와 거르고 정렬하기', en: 'Fetch from an API, filter and sort' },
  description: {
    ko: 'HTTP 로 목록을 가져와 조건에 맞는 것만 남기고 정렬해서 필요한 필드만 돌려줍니다. 모델을 쓰지 않습니다.',
    en: 'Fetches a list by HTTP, keeps what fits, sorts it, and gives back the fields that matter. Uses no model.',
  },
  keywords: {
    ko: ['API', '가져오기', '조회', '변환', '필터', '거르기', '정렬', '데이터'],
    en: ['api', 'fetch', 'http', 'get', 'transform', 'filter', 'sort', 'etl', 'data'],
  },
  graph: graphOf(
    [
      { id: 'start', type: 'start' },
      {
        id: 'fetch',
        type: 'http',
        config: { method: 'GET', url: 'https://api.example.com/orders' },
      },
      {
        id: 'large',
        type: 'filter',
        config: { items: 'nodes.fetch.data.body.orders', where: 'loop.item.total > 100000' },
      },
      {
        id: 'newest',
        type: 'sort',
        config: { items: 'nodes.large.data.items', by: 'loop.item.createdAt', order: 'desc' },
      },
      {
        id: 'pick',
        type: 'transform',
        config: {
          expr: 'nodes.newest.data.items.map(order, {"id": order.id, "total": order.total})',
        },
      },
      { id: 'end', type: 'end', config: { outputs: { orders: '{{ nodes.pick.data }}' } } },
    ],
    'start > fetch > large > newest > pick > end',
  ),
  triggers: [],
  setup: [
    {
      ko: 'fetch 의 주소와, 답의 모양에 맞게 필드 이름을 바꾸세요.',
      en: 'Change the address of fetch, and the names of fields to those of its answer.',
    },
  ],
}
