import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { LEAST_EVERY_S, MAX_URL_LENGTH, MOST_EVERY_S } from '../sources/source.ts'
import { Access } from './access.ts'
import { MAX_NAME_LENGTH } from './document.ts'
import { MetadataBody } from './metadata.ts'

const settings = {
  access: Type.Optional({
    ...Access,
    description:
      'Who may see a new document; absent: everybody who may read the knowledge base. Of one that is there, it can only be changed by PUT',
  }),
  metadata: Type.Optional({
    ...MetadataBody,
    description:
      'What filters of searches may ask for; it comes with each passage. Of a document that is there, it takes the place of what it has, at once; absent: that stays',
  }),
}

export const CreateDocument = Type.Object(
  {
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: MAX_NAME_LENGTH,
        examples: ['refunds.md'],
        description: 'Absent: the URL without its scheme',
      }),
    ),
    text: Type.Optional(Type.String({ description: 'Either this or `url`' })),
    url: Type.Optional(
      Type.String({
        maxLength: MAX_URL_LENGTH,
        description: 'A public http or https address: its content is fetched after the answer',
      }),
    ),
    resync: Type.Optional(
      Type.Object(
        {
          everyS: Type.Integer({
            minimum: LEAST_EVERY_S,
            maximum: MOST_EVERY_S,
            description: 'Seconds after which the URL is asked whether something has changed',
          }),
        },
        { additionalProperties: false },
      ),
    ),
    mediaType: Type.Optional(
      Type.String({
        maxLength: 100,
        examples: ['text/markdown'],
        description: '`text/plain` or `text/markdown`; absent: by the extension of the name',
      }),
    ),
    ...settings,
  },
  {
    additionalProperties: false,
    $id: 'CreateDocument',
    examples: [{ name: 'refunds.md', text: '# 환불\n\n환불은 7일 안에 됩니다.' }],
  },
)

export const createDocument = Compile(CreateDocument)

export const UploadDocument = Type.Object(
  {
    file: Type.String({
      format: 'binary',
      description:
        'Text, Markdown, HTML, CSV, JSON, PDF, an Office or Hancom document, or an image; up to 10 MiB, or what the operator allows (MAX_DOCUMENT_MB). Its content decides what it is, its name which kind of text',
    }),
    ...settings,
  },
  { additionalProperties: false, $id: 'UploadDocument' },
)

export const uploadDocument = Compile(UploadDocument)
