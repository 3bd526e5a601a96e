// An address like #comment-… (or #c-…) of a comment that is not on this page leads to the page that holds it; servers never see that part of it.

const [, id] = location.hash.match(/^#c(?:omment)?-([0-9a-f-]{36})$/) ?? [];
const there = new URLSearchParams(location.search).get("comment");

if (id && document.getElementById(`comment-${id}`)) location.replace(`#comment-${id}`);
else if (id && there !== id) location.replace(`?comment=${id}#comment-${id}`);
