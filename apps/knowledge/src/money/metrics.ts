import { Counter, type Registry } from 'prom-client'
import type { MoneyDesk } from './service.ts'

export function showMoney(registry: Registry, money: Pick<MoneyDesk, 'untold'>): void {
  new Counter({
    name: 'knowledge_money_untold_total',
    help: 'Calls of models of which the agent service was not told what they took: they are booked in full',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(money.untold)
    },
  })
}
