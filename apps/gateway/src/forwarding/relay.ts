import type { Dispatcher } from 'undici'
import type { Headers } from './headers.ts'

/** Where an answer goes: the part of a Node response that is needed here. */
export interface Sink {
  writeHead(status: number, headers: Headers): void
  /** @returns whether more may be written now; else after `drain` */
  write(chunk: Uint8Array): boolean
  onceDrained(listener: () => void): void
  end(): void
  /** Cuts the connection: the only way to say that an answer that has begun is not whole. */
  cut(): void
}

export interface Relay {
  readonly dispatcher: Dispatcher
  readonly request: Dispatcher.DispatchOptions
  readonly sink: Sink
  /** When it aborts, the service learns it at once: its connection is closed. */
  readonly signal: AbortSignal
}

/**
 * Passes a request on and its answer back, chunk by chunk, no faster than the reader takes it.
 * Resolves when the answer has been written; rejects when it never began, or was cut off.
 */
export function relay({ dispatcher, request, sink, signal }: Relay): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let control: Dispatcher.DispatchController | undefined
  let begun = false
  const fail = (error: Error) => {
    if (begun) sink.cut()
    reject(error)
  }
  const onAbort = () => {
    control?.abort(signal.reason)
    // It may still be connecting: whoever waits need not wait for that.
    fail(signal.reason)
  }
  signal.addEventListener('abort', onAbort, { once: true })

  dispatcher.dispatch(request, {
    onRequestStart(controller) {
      control = controller
      if (signal.aborted) controller.abort(signal.reason)
    },
    onResponseStart(controller, status, headers) {
      if (status < 200 || signal.aborted) return
      begun = true
      try {
        sink.writeHead(status, headers)
      } catch (error) {
        begun = false
        controller.abort(error as Error)
      }
    },
    onResponseData(controller, chunk) {
      if (sink.write(chunk)) return
      controller.pause()
      sink.onceDrained(() => controller.resume())
    },
    onResponseEnd() {
      sink.end()
      resolve()
    },
    onResponseError(_controller, error) {
      fail(error)
    },
  })
  return promise.finally(() => signal.removeEventListener('abort', onAbort))
}
