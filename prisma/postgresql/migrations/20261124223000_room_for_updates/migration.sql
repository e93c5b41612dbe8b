-- By hand: a group commit rewrites most instances of a page at once. What does not fit on the page is moved, and then
-- all six indexes get a new entry. Room for as many again keeps them out of it. Applies to pages written from now on.
ALTER TABLE "instance" SET (fillfactor = 45);
ALTER TABLE "open_node" SET (fillfactor = 45);
