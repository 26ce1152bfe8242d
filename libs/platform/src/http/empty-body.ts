import type { Service } from './service.ts'

/**
 * What a request without a body says of its type means nothing: many clients name one always. Node gives such a request no
 * stream that ends (`optimizeEmptyRequests`), so whoever parsed it would wait for ever.
 */
export function ignoreTypesOfNothing(app: Service): void {
  app.addHook('onRequest', ({ raw: { headers } }, _reply, done) => {
    const isEmpty =
      headers['content-length'] === undefined && headers['transfer-encoding'] === undefined
    if (isEmpty) delete headers['content-type']
    done()
  })
}
