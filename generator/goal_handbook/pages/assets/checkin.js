/* Check in from a phone: turns what is typed into one row of readings, and opens the forge's page for a new file with it.
   It listens on the document, so that it also serves pages that Material loads without loading the site again. */
(() => {
  "use strict"

  const two = number => String(number).padStart(2, "0")
  const dayOf = now => `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const timeOf = now => `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
  const field = (form, name) => form.querySelector(`.gh-checkin__${name}`)

  /* Text in one line and in one field of a row, which a spreadsheet shows and does not run as a formula. */
  const cell = text => {
    const line = text.replace(/[\p{Z}\p{C}]+/gu, " ").trim().replace(/(^|;)(\s*)(?=[=+\-@＝＋－＠])/gu, "$1$2'")
    return line && `"${line.replaceAll('"', '""')}"`
  }

  const rowsOf = form => {
    const value = field(form, "value").value.trim().replace("−", "-").replace(form.dataset.mark, ".")
    const note = cell(field(form, "note").value)
    const row = [form.dataset.goal, field(form, "day").value, value, ...(note ? [note] : [])]
    return `goal,on,value${note && ",note"}\n${row.join(",")}\n`
  }

  /* The name says the second, so that two check-ins of one day are two files. */
  const addressOf = (form, rows) => {
    const {page, folder, goal, nameField, textField} = form.dataset
    const name = `${folder}/${field(form, "day").value}-${goal.replace("/", "-")}-${timeOf(new Date())}.csv`
    const text = textField ? `&${textField}=${encodeURIComponent(rows)}` : ""
    return `${page}?${nameField}=${encodeURIComponent(name)}${text}`
  }

  /* Where the forge cannot be given the text, people paste it; it is shown too, for browsers that refuse to copy. */
  const offerToPaste = (form, rows) => {
    field(form, "lines").textContent = rows
    const paste = field(form, "paste")
    paste.querySelector("a").href = addressOf(form, rows)
    paste.hidden = false
    navigator.clipboard?.writeText(rows).catch(() => {})
  }

  document.documentElement.classList.add("gh-can-check-in")

  /* The day is today, unless the goal is over by then. */
  document.addEventListener("toggle", ({target}) => {
    const form = target.open && target.matches(".gh-checkin") && target.querySelector("form")
    if (!form) return
    const day = field(form, "day"), today = dayOf(new Date())
    if (day.value === day.defaultValue && today >= day.value && today <= form.dataset.due) day.value = today
  }, true)

  document.addEventListener("submit", event => {
    const form = event.target
    if (!form.matches(".gh-checkin__form")) return
    event.preventDefault()
    const rows = rowsOf(form)
    if (form.dataset.textField) location.assign(addressOf(form, rows))
    else offerToPaste(form, rows)
  })
})()
