export function byKey<Row extends { readonly task_key: string }>(
  rows: readonly Row[],
): Map<string, Row> {
  return new Map(rows.map((row) => [row.task_key, row]))
}
