/* How many letters are left, counted as the hub does: an emoji with all its
   parts is one. The page works without this. */
"use strict";
(() => {
  const text = document.getElementById("text");
  const hint = document.getElementById("text-hint");
  const most = text && text.maxLength;
  if (!hint || most < 1 || !window.Intl || !Intl.Segmenter) return;
  const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const count = () => {
    const left = most - [...letters.segment(text.value)].length;
    hint.textContent = left === 1 ? "1 letter left." : `${left} letters left.`;
    text.maxLength = text.value.length + Math.max(left, 0);
  };
  text.addEventListener("input", count);
  count();
})();
