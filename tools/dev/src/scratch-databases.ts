import pg from 'pg'

/** Makes an empty database and returns its URL. */
export type MakeScratch = () => Promise<string>

/** Gives out empty databases on the same server, and removes them when `use` has ended. */
export async function withScratchDatabases<Result>(
  databaseUrl: string,
  use: (makeScratch: MakeScratch) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const names: string[] = []
  try {
    return await use(async () => {
      const name = `dure_scratch_${process.pid}_${Date.now()}_${names.length}`
      await client.query(`CREATE DATABASE ${name}`)
      names.push(name)
      const url = new URL(databaseUrl)
      url.pathname = `/${name}`
      return url.href
    })
  } finally {
    for (const name of names) await client.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await client.end()
  }
}
