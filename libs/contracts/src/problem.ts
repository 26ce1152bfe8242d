import { type Static, Type } from 'typebox'

/** RFC 9457 problem details, with the extensions that every Dure error carries. */
export const Problem = Type.Object(
  {
    type: Type.String({ format: 'uri', description: 'Where this kind of problem is explained' }),
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: 'What happened, and what to do about it' }),
    instance: Type.String({ description: 'The request that failed' }),
    code: Type.String({ description: 'Stable; branch on this', examples: ['run.not-found'] }),
    requestId: Type.Optional(Type.String({ description: 'Quote it when you report the problem' })),
    traceId: Type.Optional(Type.String({ description: 'Look it up in Jaeger' })),
    details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'RFC 6901 pointer as a URI fragment' }),
          message: Type.String(),
          code: Type.Optional(Type.String()),
        }),
        { description: 'One entry per invalid field' },
      ),
    ),
  },
  { $id: 'Problem', description: 'RFC 9457 problem details' },
)
export type Problem = Static<typeof Problem>
