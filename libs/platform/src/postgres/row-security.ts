import type { Queryable } from './transaction.ts'

/**
 * Whether row level security holds for the role that a service connects as: nobody may start who could see the rows of
 * every tenant at once, or with a table that shows them. What a migration adds is looked at without being named.
 *
 * @param options `except`: tables with no rows of tenants, which need no policies
 * @throws Error that says which setting to mend
 */
export async function requireRowSecurity(
  pool: Queryable,
  { except = [] }: { readonly except?: readonly string[] } = {},
): Promise<void> {
  const mighty = await namesIn(pool, MIGHTY_ROLES, [])
  if (mighty.length > 0) {
    throw new Error(
      `DATABASE_URL names a role that row level security does not hold for: it is, or may become, ${mighty.join(', ')}. Use one that is neither superuser nor has BYPASSRLS`,
    )
  }
  const open = await namesIn(pool, OPEN_TABLES, [[...except, MIGRATIONS]])
  if (open.length > 0) {
    throw new Error(
      `Row level security is not forced on ${open.join(', ')} in the database of DATABASE_URL: apply the migrations, or add one that forces it`,
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

/** Of Prisma. */
const MIGRATIONS = '_prisma_migrations'

/**
 * A partition is reached through its parent, and then has the policies of that one. One with `organization_id` cannot be
 * excepted: it has rows of tenants.
 */
const OPEN_TABLES = `
  SELECT relname AS name FROM pg_class
   WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
     AND NOT (relrowsecurity AND relforcerowsecurity)
     AND (relname <> ALL ($1::text[]) OR EXISTS (
       SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'organization_id' AND NOT attisdropped))
   ORDER BY relname`
