import { relative } from 'node:path'
import { runCommand } from './command-line.ts'
import { generateClients } from './prisma-clients.ts'
import { appFolder, ROOT, SERVICES } from './repository.ts'

await runCommand(async () => {
  const generated = await generateClients(SERVICES.map(appFolder))
  const folders = generated.map((app) => relative(ROOT, app)).join(', ')
  console.log(folders ? `Prisma clients generated: ${folders}` : 'All Prisma clients are current.')
})
