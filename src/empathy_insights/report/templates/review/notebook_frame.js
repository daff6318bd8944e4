// The frame in a notebook in which the review page stands, and what the two tell each other.

const LOOK = "display: block; box-sizing: border-box; width: 100%; height: clamp(32rem, 80vh, 60rem); border: 1px solid #8888; border-radius: 6px";

const render = ({ model, el }) => {
  const frame = document.createElement("iframe");
  frame.title = "Read passages";
  frame.style.cssText = LOOK;
  // An origin of its own: the page sees nothing of the notebook, and keeps nothing in the browser.
  frame.setAttribute("sandbox", "allow-scripts allow-forms");
  const saved = document.createElement("p");
  saved.setAttribute("role", "status");
  let own = model.get("answers"); // what this view knows; another may know more

  const heard = ({ source, data }) => {
    if (source !== frame.contentWindow || !data) return;
    if (data.wants) lend();
    else if (data.kept) take(data);
  };
  const lend = () => {
    const [kept, earlier, reader] = ["kept", "earlier", "reader"].map((name) => model.get(name));
    frame.contentWindow.postMessage({ kept, earlier, reader }, "*");
  };
  const take = ({ kept, decisions }) => {
    model.set("kept", kept);
    if (decisions) {
      own = decisions;
      model.set("answers", decisions);
    }
    model.save_changes();
  };
  const drawSaved = () => {
    saved.textContent = model.get("saved");
    saved.hidden = !saved.textContent;
  };
  const follow = () => {
    if (model.get("answers") === own) return;
    own = model.get("answers");
    frame.srcdoc = model.get("page");
  };

  addEventListener("message", heard);
  model.on("change:saved", drawSaved);
  model.on("change:answers", follow);
  drawSaved();
  frame.srcdoc = model.get("page");
  el.append(frame, saved);
  return () => {
    removeEventListener("message", heard);
    model.off("change:saved", drawSaved);
    model.off("change:answers", follow);
  };
};

export default { render };
