// Long lists: made as far as they are looked at.

const growing = new Set();

// Shows items in a container, a chunk at a time, as the end comes into sight.
function growingList(container, make, chunk) {
  const end = el('div', { class: 'list-end' });
  let items = [];
  let made = 0;
  const list = {
    // Another set of items, from the first.
    show(next) {
      items = next;
      made = 0;
      container.replaceChildren();
      list.grow();
    },
    grow(size = chunk) {
      const fragment = document.createDocumentFragment();
      const upTo = Math.min(items.length, made + size);
      for (; made < upTo; made++) fragment.append(make(items[made], made));
      container.append(fragment);
      end.hidden = made >= items.length;
    },
    // Makes sure that an item is there.
    reach(index) {
      if (index >= made) list.grow(index + chunk - made);
    },
    finish() {
      list.grow(items.length);
    },
    container,
    end,
  };
  growing.add(list);
  const observer = new IntersectionObserver(entries => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    list.grow();
    // An end that stays in sight is no change, and only changes are told.
    observer.unobserve(end);
    observer.observe(end);
  }, { rootMargin: '600px' });
  observer.observe(end);
  return list;
}

function finishLists() {
  for (const list of growing) list.finish();
}
