import { startDemoModel } from './demo-model.ts'

const { HOST, PORT } = process.env
const model = await startDemoModel({ host: HOST, port: Number(PORT ?? 0), logged: true })

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await model.close()
    process.exit(0)
  })
}
