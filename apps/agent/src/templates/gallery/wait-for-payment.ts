import { ANY_WORKFLOW, graphOf, type Template } from '../template.ts'

const ONE_DAY_MS = 86_400_000

const notify = (id: string, text: string) => ({
  id,
  type: 'http',
  config: {
    method: 'POST',
    url: 'https://api.example.com/messages',
    auth: { secret: 'message_key', as: 'bearer' },
    body: { orderId: '{{ input.payload.orderId }}', text },
  },
})

export const waitForPayment: Template = {
  id: 'wait-for-payment',
  title: { ko: '입금을 기다렸다가 처리하기', en: 'Wait for a payment' },
  description: {
    ko: '주문이 생기면 입금 이벤트를 하루까지 기다려, 오면 배송을 알리고 안 오면 재촉합니다.',
    en: 'After an order, waits for its payment for up to a day: announces the delivery when it comes, and reminds the buyer when it does not.',
  },
  keywords: {
    ko: ['입금', '결제', '기다리기', '대기', '이벤트', '주문', '재촉', '리마인드', '기한'],
    en: ['payment', 'wait', 'event', 'order', 'timeout', 'reminder', 'correlation', 'paid'],
  },
  graph: graphOf(
    [
      { id: 'start', type: 'start' },
      {
        id: 'payment',
        type: 'wait_event',
        config: {
          name: 'payment.received',
          correlation: '{{ input.payload.orderId }}',
          timeoutMs: ONE_DAY_MS,
        },
      },
      notify('deliver', '입금을 확인했습니다. 곧 보내 드립니다.'),
      notify('remind', '아직 입금되지 않았습니다.'),
      { id: 'paid', type: 'end', config: { outputs: { status: 'paid' } } },
      { id: 'unpaid', type: 'end', config: { outputs: { status: 'unpaid' } } },
    ],
    'start > payment > deliver > paid',
    'payment:timeout > remind > unpaid',
  ),
  triggers: [
    {
      kind: 'event',
      why: {
        ko: 'order.created 이벤트 (payload: { "orderId" }) 마다 시작합니다.',
        en: 'Starts it with each event order.created (payload: { "orderId" }).',
      },
      path: '/v1/event-triggers',
      body: { name: '새 주문', workflowId: ANY_WORKFLOW, eventName: 'order.created' },
    },
  ],
  setup: [
    {
      ko: '입금되면 POST /v2/events 로 payment.received 를 correlation 에 주문 번호를 넣어 알리세요. 주소와 비밀 message_key 도 준비하세요.',
      en: 'Tell the payment with POST /v2/events: payment.received, its correlation the id of the order. Change the addresses, and create the secret message_key.',
    },
  ],
}
