import { FIELDS } from '@dure/retrieval'
import type { FieldType, MilvusClient } from '@zilliz/milvus2-sdk-node'

/** The package, which is loaded when this store is chosen. */
export type Milvus = typeof import('@zilliz/milvus2-sdk-node')

const PREFIX = 'dure_'
/** A passage has 1600 characters: as many keys of eleven letters, and as many spaces, at the most. */
const MAX_TEXT = 65_535
const MAX_KEY = 1024
/** Knowledge bases share so many partitions. */
const PARTITIONS = 64

/** The collections, each made when it is first needed; their names. */
export function createCollections({ DataType }: Milvus, client: MilvusClient) {
  const made = new Map<string, Promise<string>>()
  const text = (name: string, max_length: number, more: Partial<FieldType> = {}): FieldType => ({
    ...{ name, data_type: DataType.VarChar, max_length },
    ...more,
  })
  const keys: FieldType[] = [
    text('key', MAX_KEY, { is_primary_key: true }),
    text('base', MAX_KEY, { is_partition_key: true }),
    text('passage', MAX_KEY),
    text('document', MAX_KEY),
    { name: 'version', data_type: DataType.Int64 },
  ]

  function ensure(name: string, fields: FieldType[], index: Index): Promise<string> {
    const known = made.get(name) ?? make(client, { name: PREFIX + name, fields, index })
    made.set(name, known)
    known.catch(() => made.delete(name))
    return known
  }

  return {
    terms: () =>
      ensure(
        'terms',
        [
          ...keys,
          ...FIELDS.map((field) => text(field, MAX_TEXT)),
          { name: 'sparse', data_type: DataType.SparseFloatVector },
        ],
        { field_name: 'sparse', index_type: 'SPARSE_INVERTED_INDEX', metric_type: 'IP' },
      ),
    vectors: (dimensions: number) =>
      ensure(
        `vectors_${dimensions}`,
        [...keys, { name: 'vector', data_type: DataType.FloatVector, dim: dimensions }],
        { field_name: 'vector', index_type: 'AUTOINDEX', metric_type: 'COSINE' },
      ),
    /** Of the engine, and not of a base: Milvus wants a vector in each. */
    epochs: () =>
      ensure(
        'epochs',
        [
          text('key', MAX_KEY, { is_primary_key: true }),
          { name: 'vector', data_type: DataType.FloatVector, dim: 2 },
        ],
        { field_name: 'vector', index_type: 'FLAT', metric_type: 'COSINE' },
      ),
    /** Those with passages. */
    async all(): Promise<string[]> {
      const { data } = await client.listCollections()
      const names = data.map(({ name }) => name)
      return names.filter(
        (name) => name === `${PREFIX}terms` || name.startsWith(`${PREFIX}vectors_`),
      )
    },
  }
}

interface Index {
  readonly field_name: string
  readonly index_type: string
  readonly metric_type: string
}

async function make(
  client: MilvusClient,
  { name, fields, index }: { name: string; fields: FieldType[]; index: Index },
): Promise<string> {
  const { value } = await client.hasCollection({ collection_name: name })
  if (!value) {
    const partitions = fields.some(({ is_partition_key }) => is_partition_key)
    const { reason, error_code } = await client.createCollection({
      ...{ collection_name: name, fields, index_params: [index], consistency_level: 'Strong' },
      ...(partitions && { num_partitions: PARTITIONS }),
    })
    if (error_code !== 'Success' && (error_code as unknown) !== 0) throw new Error(reason)
  }
  await client.loadCollectionSync({ collection_name: name })
  return name
}
