/* What is wider than its place can be scrolled by keyboard too. */
function reach() {
  for (const wide of document.querySelectorAll(".prose table, .scroll")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
  }
}

addEventListener("load", reach);
document.addEventListener("htmx:after:swap", reach);
