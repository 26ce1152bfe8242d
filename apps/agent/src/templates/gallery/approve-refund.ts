import { graphOf, type Template, webhook } from '../template.ts'

const THREE_DAYS_MS = 259_200_000

export const approveRefund: Template = {
  id: 'approve-refund',
  title: { ko: '환불 승인 받기', en: 'Approval of refunds' },
  description: {
    ko: '작은 금액은 바로 환불하고, 큰 금액은 담당자의 승인을 받은 다음 결제 서비스에 환불을 요청합니다.',
    en: 'Refunds small amounts at once; larger ones wait for a person to approve them before the payment service is asked.',
  },
  keywords: {
    ko: ['환불', '승인', '결재', '검토', '사람 확인', '금액', '결제 취소'],
    en: ['refund', 'approve', 'approval', 'human in the loop', 'manager', 'payment', 'amount'],
  },
  graph: graphOf(
    [
      { id: 'start', type: 'start' },
      { id: 'is_large', type: 'condition', config: { when: 'input.body.amount > 50000' } },
      {
        id: 'ask_manager',
        type: 'approval',
        config: {
          title: '주문 {{ input.body.orderId }} 환불 {{ input.body.amount }}원',
          body: '{{ input.body.reason }}',
          payload: { orderId: '{{ input.body.orderId }}', amount: '{{ input.body.amount }}' },
          assignees: [{ role: 'manager' }],
          deadlineMs: THREE_DAYS_MS,
        },
      },
      {
        id: 'refund',
        type: 'http',
        config: {
          method: 'POST',
          url: 'https://api.example.com/refunds',
          auth: { secret: 'payment_key', as: 'bearer' },
          body: { orderId: '{{ input.body.orderId }}', amount: '{{ input.body.amount }}' },
          idempotent: true,
        },
      },
      { id: 'refunded', type: 'end', config: { outputs: { status: 'refunded' } } },
      { id: 'refused', type: 'end', config: { outputs: { status: 'refused' } } },
    ],
    'start > is_large:true > ask_manager:approved > refund > refunded',
    'is_large:false > refund',
    'ask_manager:rejected > refused',
    'ask_manager:expired > refused',
  ),
  triggers: [
    webhook('환불 요청', {
      ko: '환불 요청마다 { "orderId", "amount", "reason" } 을 보내면 시작합니다.',
      en: 'Starts it with each request for a refund: { "orderId", "amount", "reason" }.',
    }),
  ],
  setup: [
    {
      ko: 'refund 의 주소를 결제 서비스로 바꾸고 비밀 payment_key 를 만드세요. Idempotency-Key 를 지키지 않는 서비스라면 idempotent 를 끄세요.',
      en: 'Change the address of refund to your payment service and create the secret payment_key. Switch idempotent off where the service does not honour Idempotency-Key.',
    },
  ],
}
