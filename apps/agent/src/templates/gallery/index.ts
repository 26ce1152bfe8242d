import type { Template } from '../template.ts'
import { answerFromKnowledge } from './answer-from-knowledge.ts'
import { approveRefund } from './approve-refund.ts'
import { askAModel } from './ask-a-model.ts'
import { callWorkflow } from './call-workflow.ts'
import { classifyAndRoute } from './classify-and-route.ts'
import { compareAnswers } from './compare-answers.ts'
import { dailyInquirySummary } from './daily-inquiry-summary.ts'
import { extractFields } from './extract-fields.ts'
import { fetchAndTransform } from './fetch-and-transform.ts'
import { incidentAlert } from './incident-alert.ts'
import { mapOverList } from './map-over-list.ts'
import { pollUntilDone } from './poll-until-done.ts'
import { reviewEmail } from './review-email.ts'
import { runCode } from './run-code.ts'
import { sentimentOfReviews } from './sentiment-of-reviews.ts'
import { translateText } from './translate-text.ts'
import { waitForPayment } from './wait-for-payment.ts'
import { webhookIntake } from './webhook-intake.ts'
import { weeklyReport } from './weekly-report.ts'

/** Every template there is. To add one: a file beside this one, and its line here. */
export const GALLERY: readonly Template[] = [
  answerFromKnowledge,
  approveRefund,
  askAModel,
  callWorkflow,
  classifyAndRoute,
  compareAnswers,
  dailyInquirySummary,
  extractFields,
  fetchAndTransform,
  incidentAlert,
  mapOverList,
  pollUntilDone,
  reviewEmail,
  runCode,
  sentimentOfReviews,
  translateText,
  waitForPayment,
  webhookIntake,
  weeklyReport,
]
