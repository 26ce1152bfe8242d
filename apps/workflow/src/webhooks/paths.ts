/** The router takes a parameter up to the next slash unless it is told where it ends; `::` is a colon. */
export const OF_ENDPOINT = '/webhook-endpoints/:endpointId(^[a-z0-9_]+)'
