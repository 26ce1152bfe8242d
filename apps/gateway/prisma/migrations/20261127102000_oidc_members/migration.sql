-- CreateIndex
CREATE INDEX "member_external_subject_idx" ON "member"("external_subject");

-- CreateIndex
CREATE INDEX "member_email_idx" ON "member"("email");

-- Who signs in is looked up before their organization is known: by the subject, or by the address of somebody who has no
-- subject yet. Only to read. Neither is ever empty, so that a setting that was not made shows nobody.
CREATE POLICY "look_up" ON "member" FOR SELECT
  USING (external_subject = nullif(current_setting('dure.subject', true), '')
    OR (external_subject IS NULL AND email = nullif(current_setting('dure.email', true), '')));
