const SUBJECT = /^(key|usr|svc)_[0-9a-f]{32}$/
/** Of one message: more than a project has keys. */
const MAX_SUBJECTS = 5000

export function messageOf(subjects: readonly string[]): string {
  return subjects.join(',')
}

/** The subjects in a message; what is none is left out. */
export function subjectsIn(message: string): string[] {
  return message.split(',', MAX_SUBJECTS).filter((subject) => SUBJECT.test(subject))
}
