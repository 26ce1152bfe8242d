import type pg from 'pg'

const BATCH = 2000
const SEALED_AT_ONCE = 5000
/** `run_` and 17 hex digits: time, version and variant. The other 15 are random in a real run. */
const SHARED_BY_COPIES = 21

export interface Copies {
  /** Of a run that has ended. */
  readonly id: string
  readonly count: number
}

/**
 * Stores copies of a run, in all tables that have rows of it. It asks the catalogue which these are,
 * so that it need not change with the schema. No service may run meanwhile: the events of the copies
 * then count as published.
 */
export async function copyRun(db: pg.Client, { id, count }: Copies): Promise<void> {
  const tables = await tablesOf(db, id)
  if (tables.length === 0) throw new Error(`No table has a row of ${id}`)
  let inserted = 0
  for (let from = 1; from <= count; from += BATCH) {
    const to = Math.min(count, from + BATCH - 1)
    for (const table of tables) {
      inserted += (await db.query(insertOf(db, table), [id, from, to])).rowCount ?? 0
    }
  }
  if (inserted < count) throw new Error(`Only ${inserted} rows were made of ${count} runs`)
  await markAsRead(db)
}

interface Table {
  readonly name: string
  /** The column that says whose row it is. */
  readonly key: string
  readonly columns: readonly string[]
  /** What is not copied but made anew: SQL by the name of the column. */
  readonly made: Readonly<Record<string, string>>
}

interface ColumnRow {
  readonly table_name: string
  readonly column_name: string
  readonly data_type: string
  readonly sequence: string | null
}

const COLUMNS = `
  SELECT c.table_name, c.column_name, c.data_type,
    pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) AS sequence
  FROM information_schema.columns c
  JOIN pg_class k ON k.relname = c.table_name AND k.relnamespace = 'public'::regnamespace
  WHERE c.table_schema = 'public' AND k.relkind IN ('r', 'p') AND NOT k.relispartition
    AND c.is_generated = 'NEVER'
  ORDER BY c.table_name, c.ordinal_position`

async function tablesOf(db: pg.Client, id: string): Promise<Table[]> {
  const { rows } = await db.query<ColumnRow>(COLUMNS)
  const found: Table[] = []
  for (const [name, columns] of Map.groupBy(rows, ({ table_name }) => table_name)) {
    const key = await keyOf(db, { name, columns, id })
    if (key === undefined) continue
    found.push({
      name,
      key,
      columns: columns.map(({ column_name }) => column_name),
      made: madeAnew(db, columns),
    })
  }
  return found
}

/** Numbers that go through all rows, and the transaction that the row was made by. */
function madeAnew(db: pg.Client, columns: readonly ColumnRow[]): Record<string, string> {
  const made = columns.flatMap(({ column_name, data_type, sequence }) => {
    if (sequence) return [[column_name, `nextval(${db.escapeLiteral(sequence)})`]]
    return data_type === 'xid8' ? [[column_name, 'pg_current_xact_id()::text']] : []
  })
  return Object.fromEntries(made)
}

/** The first text column in which the id stands, alone. */
async function keyOf(
  db: pg.Client,
  { name, columns, id }: { name: string; columns: readonly ColumnRow[]; id: string },
): Promise<string | undefined> {
  for (const { column_name, data_type } of columns) {
    if (data_type !== 'text') continue
    const [table, column] = [db.escapeIdentifier(name), db.escapeIdentifier(column_name)]
    const { rowCount } = await db.query(`SELECT FROM ${table} WHERE ${column} = $1 LIMIT 1`, [id])
    if (rowCount) return column_name
  }
  return undefined
}

/**
 * $1: the run; $2 and $3: the numbers of the first and the last copy. The id of a copy has the time of
 * the run in it (UUIDv7) and then its number: copies are of the same day, and sort before later runs.
 */
function insertOf(db: pg.Client, { name, key, columns, made }: Table): string {
  const table = db.escapeIdentifier(name)
  const quoted = columns.map((column) => db.escapeIdentifier(column))
  const anew = Object.entries(made).flatMap(([column, sql]) => [db.escapeLiteral(column), sql])
  return `
    INSERT INTO ${table} (${quoted.join(', ')}) OVERRIDING SYSTEM VALUE
    SELECT ${quoted.map((column) => `copy.${column}`).join(', ')}
    FROM ${table} AS original
    CROSS JOIN generate_series($2::int, $3::int) AS number
    CROSS JOIN LATERAL jsonb_populate_record(
      NULL::${table},
      replace(
        to_jsonb(original)::text, $1, left($1, ${SHARED_BY_COPIES}) || lpad(to_hex(number), 15, '0')
      )::jsonb || jsonb_build_object(${anew.join(', ')})
    ) AS copy
    WHERE original.${db.escapeIdentifier(key)} = $1
    ON CONFLICT DO NOTHING`
}

/** As if the relay had taken the events of the copies long ago. */
async function markAsRead(db: pg.Client): Promise<void> {
  const { rows } = await db.query<{ seals: boolean }>(
    "SELECT to_regproc('seal_commits') IS NOT NULL AS seals",
  )
  if (!rows[0]?.seals) return
  let sealed = SEALED_AT_ONCE
  while (sealed === SEALED_AT_ONCE) {
    const sealing = 'SELECT seal_commits($1) AS sealed'
    const result = await db.query<{ sealed: number }>(sealing, [SEALED_AT_ONCE])
    sealed = result.rows[0]?.sealed ?? 0
  }
  await db.query('UPDATE relay_cursors SET g = seal_head.g FROM seal_head')
}
