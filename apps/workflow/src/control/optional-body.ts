/** A request without a body is one with an empty object: before it is validated. */
export async function bodyIsOptional(request: { body?: unknown }): Promise<void> {
  request.body ??= {}
}
