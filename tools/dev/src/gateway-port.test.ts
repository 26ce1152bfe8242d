import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { chooseGatewayPort } from './gateway-port.ts'
import { freePort, onFreePort } from './ports.ts'

async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

test('DURE_PORT decides', async () => {
  const port = await freePort()

  expect(await chooseGatewayPort({ DURE_PORT: String(port) }, () => {})).toBe(port)
})

test('a DURE_PORT that is taken is an error that names it', async () => {
  const port = await takenPort()

  await expect(chooseGatewayPort({ DURE_PORT: String(port) }, () => {})).rejects.toThrow(
    `Port ${port} is taken: set DURE_PORT`,
  )
})

test.each(['0', '65536', 'x', '80.5'])('DURE_PORT=%s is refused', async (DURE_PORT) => {
  await expect(chooseGatewayPort({ DURE_PORT }, () => {})).rejects.toThrow('DURE_PORT must be')
})

test('a start that lost its port to somebody else is tried on another one', async () => {
  const tried: number[] = []

  const used = await onFreePort(async (port) => {
    tried.push(port)
    if (tried.length > 1) return port
    const thief = createServer().listen(port, '127.0.0.1')
    await once(thief, 'listening')
    onTestFinished(() => void thief.close())
    throw new Error('address in use')
  })

  expect(tried).toHaveLength(2)
  expect(used).toBe(tried[1])
})

test('a start that fails for another reason is not tried again', async () => {
  let tries = 0
  const start = async () => {
    tries += 1
    throw new Error('broken')
  }

  await expect(onFreePort(start)).rejects.toThrow('broken')
  expect(tries).toBe(1)
})
