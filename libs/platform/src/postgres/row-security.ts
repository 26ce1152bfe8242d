import type { Queryable } from './transaction.ts'

/**
 * Whether row level security holds for the role that a service connects as: nobody may start who
 * could see the rows of every tenant at once.
 *
 * @param tables that must have it, also for their owner
 * @throws Error that says which setting to mend
 */
export async function requireRowSecurity(
  pool: Queryable,
  tables: readonly string[],
): Promise<void> {
  const mighty = await namesIn(pool, MIGHTY_ROLES, [])
  if (mighty.length > 0) {
    throw new Error(
      `DATABASE_URL names a role that row level security does not hold for: it is, or may become, ${mighty.join(', ')}. Use one that is neither superuser nor has BYPASSRLS`,
    )
  }
  const open = await namesIn(pool, OPEN_TABLES, [tables])
  if (open.length > 0) {
    throw new Error(
      `Row level security is not forced on ${open.join(', ')} in the database of DATABASE_URL: apply the migrations`,
    )
  }
}

async function namesIn(pool: Queryable, text: string, values: unknown[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>({ text, values })
  return rows.map(({ name }) => name)
}

/** Of the roles that rows are not hidden from: those that this one is, inherits from, or may SET ROLE to. */
const MIGHTY_ROLES = `
  SELECT rolname AS name FROM pg_roles
   WHERE (rolsuper OR rolbypassrls) AND pg_has_role(current_user, oid, 'MEMBER') ORDER BY rolname`

const OPEN_TABLES = `
  SELECT wanted AS name FROM unnest($1::text[]) AS wanted
    LEFT JOIN pg_class ON pg_class.oid = to_regclass(wanted)
   WHERE (relrowsecurity AND relforcerowsecurity) IS NOT TRUE ORDER BY wanted`
