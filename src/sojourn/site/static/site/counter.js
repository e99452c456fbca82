// A live count of the characters left, as people count them. Without this script the server counts.
const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter(undefined, { granularity: "grapheme" }) : null;
const count = (text) => (segmenter ? [...segmenter.segment(text)].length : [...text].length);

for (const box of document.querySelectorAll("[data-counter]")) {
  const area = box.querySelector("textarea");
  const told = document.createElement("p");
  told.className = "hint";
  told.setAttribute("aria-live", "polite");
  area.after(told);
  const show = () => {
    const left = Number(box.dataset.counter) - count(area.value.trim());
    const words = left < 0 ? box.dataset.over : box.dataset.left;
    told.textContent = words.replace("{count}", String(Math.abs(left)));
    told.classList.toggle("error", left < 0);
  };
  area.addEventListener("input", show);
  show();
}
